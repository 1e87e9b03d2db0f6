using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts.Models;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Support;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Gateway.Dispatch;

public sealed class Backlog_Tests : IAsyncLifetime
{
    const string Token = "known to the services";

    GatewayHost host = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        host = await GatewayHost.StartAsync(slots: 4, ("Remote:Token", Token), ("Bus:StopTimeout", "00:00:01"));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task IdleInstallation_HasNothingToDraw() => Assert.Equal(0, await CountAsync());

    [Fact]
    public async Task Pictures_AreCountedFromTheirSubmissionUntilTheyAreDrawn()
    {
        var (sampled, stored) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        host.Chain.Act = async context =>
        {
            await sampled.WaitAsync(context.CancellationToken);
            await context.Publish(new PromptEmbedded(context.Message.Job, Truncated: false));
            await context.Publish(new NeighborsRetrieved(context.Message.Job, []));
            await context.Publish(new ImagesSampled(context.Message.Job, 1));
            await stored.WaitAsync(context.CancellationToken);
            await context.Publish(ChainScript.StoredOf(context.Message));
        };
        for (var job = 0; job < 6; job++) // more than the window of 5 pictures lets in
            await host.SubmitAsync("tenant-a", new { prompt = "a heart", n = 2 });
        Assert.Equal(12, await CountAsync());
        sampled.Release();
        await GatewayHost.Until(async () => await CountAsync() == 10);
        sampled.Release(5);
        stored.Release(6);
        await GatewayHost.Until(async () => await CountAsync() == 0);
    }

    [Fact]
    public async Task JobsThatWaitForWorkers_AreCountedThoughNoneIsThere()
    {
        await host.Get<IBus>().Publish(new WorkerAlive("worker", GatewayHost.Model, 4, Leaving: true), Cancellation);
        await GatewayHost.Until(() => Task.FromResult(host.Get<Workers>().Window().Count == 0));
        await host.SubmitAsync("tenant-a", new { prompt = "a heart", n = 3 });
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task JobsThatATenantsQuotaHoldsBack_CallForNoWorkers()
    {
        host.Chain.Act = context => Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
        await host.ChangeTenantAsync("tenant-a", tenant => tenant.MaxConcurrentJobs = 2);
        for (var job = 0; job < 5; job++)
            await host.SubmitAsync("tenant-a", new { prompt = "a heart", n = 2 });
        Assert.Equal(4, await CountAsync());
    }

    [Fact]
    public async Task InstallationThatHasNeverSeenAWorker_CallsForOne()
    {
        await using var context = await host.Get<IDbContextFactory<LedgerContext>>().CreateDbContextAsync(Cancellation);
        await context.Models.ExecuteDeleteAsync(Cancellation);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task CallWithoutTheToken_IsRefused()
    {
        using var client = host.ClientWith(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/internal/backlog", Cancellation)).StatusCode);
    }

    async Task<int> CountAsync()
    {
        using var client = host.ClientWith(null);
        client.DefaultRequestHeaders.Add(InternalRoutes.TokenHeader, Token);
        return (int)(await client.GetFromJsonAsync<JsonNode>("/internal/backlog", Cancellation))!["pictures"]!;
    }
}
