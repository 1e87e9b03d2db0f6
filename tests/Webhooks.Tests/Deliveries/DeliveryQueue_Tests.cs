using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.Servers;
using RdmCloud.Webhooks.Support;
using RdmCloud.Webhooks.Tables;

namespace RdmCloud.Webhooks.Deliveries;

/// <summary>Several processes at one queue in PostgreSQL.</summary>
public class DeliveryQueue_Tests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    const int AtOnce = 32; // as many as a process sends at once

    readonly FakeTimeProvider time = new(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task ProcessesThatTakeAtTheSameTime_TakeEachDeliveryOnce(int processes)
    {
        const int rows = 3200;
        var contexts = await FilledAsync(rows);
        var clock = Stopwatch.StartNew();
        var taken = await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => Task.Run(() => TakeAllAsync(contexts))));
        Print($"{processes} takers: {rows / clock.Elapsed.TotalSeconds:f0} rows/s, "
            + $"{string.Join(" + ", taken.Select(rows => rows.Count))}");
        Assert.Equal(rows, taken.SelectMany(ids => ids).Distinct().Count());
        Assert.Equal(rows, taken.Sum(ids => ids.Count));
    }

    [Fact]
    public async Task DeliveriesThatAnotherIsTaking_ArePassedOverWithoutAWait()
    {
        var contexts = await FilledAsync(20);
        await using var other = await contexts.CreateDbContextAsync(Cancel);
        await other.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await other.Database.BeginTransactionAsync(Cancel);
            await other.Deliveries.OrderBy(row => row.Id).Take(5)
                .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.LastError, "none"), Cancel);
            var taken = await TakeAsync(contexts).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
            Assert.Equal(Enumerable.Range(5, 15).Select(i => $"whd_{i:d6}"), taken.Select(row => row.Id));
        });
    }

    [Fact]
    public async Task DeliveriesOfAProcessThatDied_AreTakenAgainAfterAMinute()
    {
        var contexts = await FilledAsync(20);
        Assert.Equal(20, (await TakeAsync(contexts)).Count);
        Assert.Empty(await TakeAsync(contexts));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(20, (await TakeAsync(contexts)).Count);
    }

    [Fact]
    public async Task Recipient_IsGivenNoMoreThanItHasRoomFor()
    {
        var contexts = await FilledAsync(20);
        var queue = new DeliveryQueue(contexts, time);
        var taken = await queue.TakeAsync(AtOnce, ["acme host-0.example.org"], host => host.Contains("host-1") ? 0 : 1, Cancel);
        Assert.Equal(Enumerable.Range(2, 8).Select(i => $"whd_{i:d6}"), taken.Select(row => row.Id));
    }

    async Task<IDbContextFactory<WebhooksContext>> FilledAsync(int deliveries)
    {
        var connection = await postgres.CreateDatabaseAsync("queue", Cancel);
        var contexts = await WebhookTables.CreateAsync(connection, Cancel);
        await contexts.FillAsync(deliveries, time.GetUtcNow(), Cancel);
        return contexts;
    }

    async Task<IReadOnlyList<DeliveryEntry>> TakeAsync(IDbContextFactory<WebhooksContext> contexts) =>
        await new DeliveryQueue(contexts, time).TakeAsync(AtOnce, [], _ => AtOnce, Cancel);

    /// <summary>Until nothing is due, which is not yet so where others are just taking what is.</summary>
    async Task<List<string>> TakeAllAsync(IDbContextFactory<WebhooksContext> contexts)
    {
        var queue = new DeliveryQueue(contexts, time);
        var ids = new List<string>();
        while (await queue.NextDueAsync([], Cancel) <= TimeSpan.Zero)
            ids.AddRange((await queue.TakeAsync(AtOnce, [], _ => AtOnce, Cancel)).Select(row => row.Id));
        return ids;
    }

    static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
