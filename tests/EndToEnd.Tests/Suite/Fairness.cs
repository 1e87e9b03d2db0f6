using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd.Suite;

/// <summary>How the workers are shared.</summary>
public abstract class Fairness(Deployment deployment)
{
    const int Slots = 16; // of the one worker
    const int Measured = 300; // jobs of the heavier tenant
    const int Window = Slots * 5 / 4; // pictures that may be on their way to it

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AThousandJobsOfOneTenant_DelayAnothersFirstByABatchAtMost()
    {
        using var many = await deployment.TenantAsync();
        using var one = await deployment.TenantAsync();
        await SubmitAsync(many, 1000);
        var job = await one.DrawAsync(new { prompt = "a star", steps = 20 });
        var before = (await AllAsync(many))
            .Count(other => other.Started > Time(job, "created_at") && other.Started < Time(job, "started_at"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{before} jobs of the other were begun before");
        Assert.InRange(before, 0, Window);
        await CancelAsync(many);
    }

    [Fact]
    public async Task Weights_AreTheSharesOfTheWork()
    {
        using var heavy = await deployment.TenantAsync(new { weight = 3 });
        using var light = await deployment.TenantAsync(new { weight = 1 });
        await Task.WhenAll(SubmitAsync(heavy, 600), SubmitAsync(light, 600));
        var submitted = TimeProvider.System.GetUtcNow(); // from here on both have work waiting; what is on its way came before
        while ((await StartsAsync(heavy, submitted)).Count < Window + Measured)
            await Task.Delay(1000, Cancel);
        var starts = (await StartsAsync(heavy, submitted))[Window..(Window + Measured)];
        var ratio = (double)Measured
            / (await StartsAsync(light, submitted)).Count(start => start > starts[0] && start <= starts[^1]);
        TestContext.Current.TestOutputHelper!.WriteLine($"throughput {ratio:0.00} : 1");
        Assert.InRange(ratio, 2.7, 3.3);
        await CancelAsync(heavy);
        await CancelAsync(light);
    }

    static async Task SubmitAsync(Client tenant, int count) => await Parallel.ForAsync(0, count,
        new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel },
        async (_, _) => await tenant.SubmitAsync(new { prompt = "a star", steps = 20 }));

    static async Task<List<DateTimeOffset>> StartsAsync(Client tenant, DateTimeOffset since) =>
        [.. (await AllAsync(tenant)).Where(job => job.Started > since).Select(job => job.Started!.Value).Order()];

    /// <summary>The tenant's jobs, by when they were begun.</summary>
    static async Task<List<(DateTimeOffset? Started, string Id)>> AllAsync(Client tenant)
    {
        var (jobs, cursor) = (new List<(DateTimeOffset?, string)>(), (string?)null);
        do
        {
            var page = await tenant.GetAsync(
                "/v1/generations?limit=100" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"));
            jobs.AddRange(page["items"]!.AsArray().Select(job => (Time(job!, "started_at"), (string)job!["id"]!)));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        return jobs;
    }

    static DateTimeOffset? Time(System.Text.Json.Nodes.JsonNode job, string name) => (DateTimeOffset?)job[name];

    static async Task CancelAsync(Client tenant)
    {
        foreach (var (_, id) in await AllAsync(tenant))
            await tenant.PostAsync($"/v1/generations/{id}/cancel");
    }
}
