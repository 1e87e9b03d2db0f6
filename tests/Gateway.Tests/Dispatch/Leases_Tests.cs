using Microsoft.Extensions.Time.Testing;
using RdmCloud.Gateway.Support;
using RdmCloud.Servers;

namespace RdmCloud.Gateway.Dispatch;

public class Leases_Tests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    readonly FakeTimeProvider time = new(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OfManyThatAskAtOnce_OneHolds_UntilItIsNotHeardOf()
    {
        var replicas = await ReplicasAsync(8);
        for (var lease = 0; lease < 10; lease++)
        {
            var held = await AskAsync(replicas, $"work-{lease}");
            Assert.Equal(1, held.Count(isHeld => isHeld));
            time.Advance(TimeSpan.FromSeconds(6)); // the holder asks in time
            Assert.Equal(held, await AskAsync(replicas, $"work-{lease}"));
            var others = replicas.Where((_, i) => !held[i]).ToList();
            time.Advance(TimeSpan.FromSeconds(11)); // the holder has died
            Assert.Equal(1, (await AskAsync(others, $"work-{lease}")).Count(isHeld => isHeld));
            Assert.False(await replicas[Array.IndexOf(held, true)].HoldAsync($"work-{lease}", Cancel)); // it comes back too late
        }
    }

    [Fact]
    public async Task ReplicaThatStops_LeavesTheLeaseToTheNextAtOnce()
    {
        var replicas = await ReplicasAsync(2);
        Assert.True(await replicas[0].HoldAsync("work", Cancel));
        Assert.False(await replicas[1].HoldAsync("work", Cancel));
        await replicas[0].ReleaseAsync(Cancel);
        Assert.True(await replicas[1].HoldAsync("work", Cancel));
    }

    async Task<List<Leases>> ReplicasAsync(int count)
    {
        var connection = await postgres.CreateDatabaseAsync("leases", Cancel);
        var contexts = await LedgerTables.CreateAsync(connection, Cancel);
        return [.. Enumerable.Range(0, count).Select(_ => new Leases(contexts, time))];
    }

    static Task<bool[]> AskAsync(IEnumerable<Leases> replicas, string name) =>
        Task.WhenAll(replicas.Select(replica => Task.Run(() => replica.HoldAsync(name, Cancel))));
}
