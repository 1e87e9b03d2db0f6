using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Dispatch;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Support;
using RdmCloud.Servers;

namespace RdmCloud.Gateway;

/// <summary>Two gateways on one PostgreSQL, each with a bus and a chain of its own, so that it shows who did what.</summary>
public sealed class Replicas_Tests(PostgresServer postgres) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    GatewayHost first = null!, second = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    GatewayHost[] Both => [first, second];

    public async ValueTask InitializeAsync()
    {
        var connection = await postgres.CreateDatabaseAsync("gateways", Cancel);
        first = await GatewayHost.StartAsync(slots: 4, ("Database:PostgreSql", connection));
        second = await GatewayHost.StartAsync(slots: 4, ("Database:PostgreSql", connection));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Both)
            if (host is not null)
                await host.DisposeAsync();
    }

    [Fact]
    public async Task Events_AreSeenAtEitherReplica()
    {
        foreach (var (here, there) in new[] { (first, second), (second, first) })
        {
            var id = await here.SubmitAsync("tenant-a");
            using var client = there.ClientOf("tenant-a");
            var seen = new List<string>();
            await using var stream = await client.GetStreamAsync($"/v1/generations/{id}/events", Cancel);
            await foreach (var happened in SseParser.Create(stream).EnumerateAsync(Cancel))
                seen.Add(happened.EventType);
            Assert.Equal(("queued", "completed"), (seen[0], seen[^1]));
        }
    }

    [Fact]
    public async Task Dispatchers_ThatBothThinkTheyLead_SendEachJobOnce()
    {
        const int jobs = 60;
        var sent = new ConcurrentQueue<string>();
        foreach (var host in Both)
            host.Chain.Act = async context =>
            {
                sent.Enqueue(context.Message.Job.Job);
                await ChainScript.CompleteAsync(context);
            };
        for (var i = 0; i < jobs; i++)
            await first.Ledger.AddAsync(Jobs.New("tenant-a", $"gen_{i:d4}"), Cancel);
        while (sent.Count < jobs)
            await Task.WhenAll(Both.Select(host => Task.Run(() => host.Get<Dispatcher>().DispatchAsync(Cancel))));
        for (var i = 0; i < jobs; i++)
            await first.WaitAsync("tenant-a", $"gen_{i:d4}");
        Assert.Equal(jobs, sent.Count);
        Assert.Equal(jobs, sent.Distinct().Count());
    }

    [Fact]
    public async Task WhatWebhooksAreToBeToldOf_IsPublishedOnce()
    {
        const int jobs = 300;
        await using (var context = await first.Get<IDbContextFactory<LedgerContext>>().CreateDbContextAsync(Cancel))
        {
            for (var i = 0; i < jobs; i++)
            {
                var job = Jobs.New("tenant-a", $"gen_told_{i:d4}");
                job.Fail(null, "It is only to be told.", DateTimeOffset.UnixEpoch);
                context.Jobs.Add(job);
                context.Outbox.Add(new() { Job = job.Id, Sequence = 1, Type = "job.failed", At = DateTimeOffset.UnixEpoch });
            }
            await context.SaveChangesAsync(Cancel);
        }
        foreach (var host in Both)
            host.Get<LedgerSignals>().Outbox.Raise();
        await GatewayHost.Until(async () =>
        {
            await using var context = await first.Get<IDbContextFactory<LedgerContext>>().CreateDbContextAsync(Cancel);
            return !await context.Outbox.AnyAsync(Cancel) && Told().Distinct().Count() == jobs;
        });
        Assert.Equal(jobs, Told().Count());

        static IEnumerable<string> Told() =>
            ToldEvents.Heard.Where(id => id.StartsWith("evt_gen_told_", StringComparison.Ordinal));
    }
}
