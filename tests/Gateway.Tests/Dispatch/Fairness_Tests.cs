using System.Collections.Concurrent;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Support;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>The dispatcher with real tables, while the workers behind it draw as fast as the test lets them.</summary>
public class Fairness_Tests
{
    [Fact]
    public async Task OneTenantsThousandJobs_DelayAnothersFirstByNoMoreThanWhatIsRunning()
    {
        await using var host = await GatewayHost.StartAsync(slots: 4);
        var (order, gate) = (new ConcurrentQueue<string>(), new SemaphoreSlim(0));
        host.Chain.Act = async context =>
        {
            order.Enqueue(context.Message.Job.Tenant);
            await gate.WaitAsync(context.CancellationToken);
            await ChainScript.CompleteAsync(context);
        };
        await AddAsync(host, "tenant-a", 1000);
        await GatewayHost.Until(() => Task.FromResult(order.Count == 5)); // the window: 4 slots × 1.25
        await AddAsync(host, "tenant-b", 1);
        gate.Release();
        await GatewayHost.Until(() => Task.FromResult(order.Count >= 6));
        Assert.Equal("tenant-b", order.ElementAt(5));
        gate.Release(2000);
    }

    [Fact]
    public async Task WeightsOfThreeToOne_GiveThroughputOfThreeToOne()
    {
        await using var host = await GatewayHost.StartAsync(slots: 4);
        await host.ChangeTenantAsync("tenant-a", tenant => tenant.Weight = 3);
        var (served, gate) = (new ConcurrentQueue<string>(), new SemaphoreSlim(0));
        host.Chain.Act = async context =>
        {
            await gate.WaitAsync(context.CancellationToken);
            served.Enqueue(context.Message.Job.Tenant);
            await ChainScript.CompleteAsync(context);
        };
        await AddAsync(host, "tenant-a", 120);
        await AddAsync(host, "tenant-b", 120);
        gate.Release(2000);
        await GatewayHost.Until(() => Task.FromResult(served.Count >= 120));
        var first = served.Skip(20).Take(80).ToList(); // both have jobs left all the while
        var (a, b) = (first.Count(tenant => tenant == "tenant-a"), first.Count(tenant => tenant == "tenant-b"));
        Assert.InRange(a / (double)b, 2.7, 3.3);
    }

    [Fact]
    public async Task AmongOnesOwn_PriorityGoesFirst_ThenAge()
    {
        await using var host = await GatewayHost.StartAsync(slots: 1);
        var (order, gate) = (new ConcurrentQueue<string>(), new SemaphoreSlim(0));
        host.Chain.Act = async context =>
        {
            order.Enqueue(context.Message.Generation.Query.Text!);
            await gate.WaitAsync(context.CancellationToken);
            await ChainScript.CompleteAsync(context);
        };
        foreach (var (prompt, priority) in new[] { ("running", 5), ("also running", 5) })
            await host.SubmitAsync("tenant-a", new { prompt, priority });
        await GatewayHost.Until(() => Task.FromResult(order.Count == 2));
        var last = "";
        foreach (var (prompt, priority) in new[] { ("third", 5), ("fourth", 5), ("first", 9), ("second", 7) })
            last = await host.SubmitAsync("tenant-a", new { prompt, priority });
        gate.Release(100);
        await GatewayHost.Until(() => Task.FromResult(order.Count == 6));
        Assert.Equal(["first", "second", "third", "fourth"], order.Skip(2));
    }

    [Fact]
    public async Task TenantAtItsConcurrencyLimit_LetsOthersPass()
    {
        await using var host = await GatewayHost.StartAsync(slots: 8);
        await host.ChangeTenantAsync("tenant-a", tenant => tenant.MaxConcurrentJobs = 2);
        var (running, gate) = (new ConcurrentQueue<string>(), new SemaphoreSlim(0));
        host.Chain.Act = async context =>
        {
            running.Enqueue(context.Message.Job.Tenant);
            await gate.WaitAsync(context.CancellationToken);
            await ChainScript.CompleteAsync(context);
        };
        await AddAsync(host, "tenant-a", 20);
        await AddAsync(host, "tenant-b", 3);
        await GatewayHost.Until(() => Task.FromResult(running.Count == 5));
        Assert.Equal(2, running.Count(tenant => tenant == "tenant-a"));
        gate.Release(1000);
    }

    static async Task AddAsync(GatewayHost host, string tenant, int jobs)
    {
        for (var i = 0; i < jobs; i++)
            await host.Ledger.AddAsync(Jobs.New(tenant, $"gen_{tenant}_{i:D5}"), TestContext.Current.CancellationToken);
    }
}
