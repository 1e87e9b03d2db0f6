using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Support;
using RdmCloud.Servers;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>What a dispatcher that takes over reads off the ledger, here on PostgreSQL.</summary>
public class VirtualTimes_Tests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JobsInTheChain_TellWhereTheLastHasStarted()
    {
        await using var context = await TablesAsync(
            [("a", 1000, 1), ("b", 400, 2), ("idle", 0, 1)], Job("a", 20), Job("b", 20), Job("b", 40));
        Assert.Equal(980, await new VirtualTimes().OfAsync("tiny", context, Cancel));
    }

    [Fact]
    public async Task EmptyChain_LetsNobodyHaveSavedUp()
    {
        await using var context = await TablesAsync([("a", 1000, 1), ("idle", 0, 1)]);
        Assert.Equal(1000, await new VirtualTimes().OfAsync("tiny", context, Cancel));
    }

    [Fact]
    public async Task EmptyLedger_StartsAtNothing()
    {
        await using var context = await TablesAsync([]);
        Assert.Equal(0, await new VirtualTimes().OfAsync("tiny", context, Cancel));
    }

    async Task<LedgerContext> TablesAsync((string Id, double Served, double Weight)[] tenants, params Job[] jobs)
    {
        var connection = await postgres.CreateDatabaseAsync("times", Cancel);
        var context = await (await LedgerTables.CreateAsync(connection, Cancel)).CreateDbContextAsync(Cancel);
        context.Tenants.AddRange(tenants.Select(tenant => new Tenant
        {
            Id = tenant.Id, Name = tenant.Id, Served = tenant.Served, Weight = tenant.Weight,
            CreatedAt = DateTimeOffset.UnixEpoch,
        }));
        context.Jobs.AddRange(jobs);
        await context.SaveChangesAsync(Cancel);
        return context;
    }

    static Job Job(string tenant, int cost)
    {
        var job = Jobs.New(tenant, $"gen_{Guid.NewGuid():N}", cost: cost);
        job.Dispatched(DateTimeOffset.MaxValue);
        return job;
    }
}
