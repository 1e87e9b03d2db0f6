using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using RdmCloud.Contracts.Stages;
using RdmCloud.ObjectStore;
using RdmCloud.Storage.Support;

namespace RdmCloud.Storage.Retention;

public sealed class Retention_Tests : IAsyncLifetime
{
    readonly Shelf shelf = new();
    ServiceProvider services = null!;
    ITestHarness harness = null!;

    public async ValueTask InitializeAsync()
    {
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(shelf.Time).AddSingleton<IObjectStore>(shelf.Store).AddSingleton(shelf.Index)
            .AddSingleton<ResultDeletion>().AddSingleton<RetentionSweep>()
            .AddMassTransitTestHarness(bus => bus.AddConsumer<DeleteResultsConsumer>())
            .BuildServiceProvider();
        harness = services.GetRequiredService<ITestHarness>();
        await harness.Start();
        foreach (var job in new[] { "gen_1", "gen_2" })
        {
            var command = shelf.Command(job);
            await shelf.DrawAsync(command);
            await shelf.Results.StoreAsync(command, Cancel);
            shelf.Time.Advance(TimeSpan.FromHours(3)); // the second expires three hours later
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        shelf.Dispose();
    }

    [Fact]
    public async Task ExpiredResults_AreDeletedWithTheirLineInTheIndex_AndTold()
    {
        await services.GetRequiredService<RetentionSweep>().SweepAsync(Cancel);
        Assert.Empty(await shelf.KeysAsync("tenants/acme/jobs/gen_1/"));
        Assert.Equal(5, (await shelf.KeysAsync("tenants/acme/jobs/gen_2/")).Count);
        Assert.Single(await shelf.KeysAsync("retention/"));
        Assert.True(await harness.Published.Any<ResultsExpired>(
            told => told.Context.Message == new ResultsExpired("acme", "gen_1"), Cancel));
    }

    [Fact]
    public async Task SweepCutShort_IsTakenUpAgain()
    {
        shelf.Store.FailAt = shelf.Store.Calls + 3;
        await Assert.ThrowsAsync<ObjectStoreException>(() => services.GetRequiredService<RetentionSweep>().SweepAsync(Cancel));
        await services.GetRequiredService<RetentionSweep>().SweepAsync(Cancel);
        Assert.Empty(await shelf.KeysAsync("tenants/acme/jobs/gen_1/"));
    }

    [Fact]
    public async Task Request_DeletesAtOnce()
    {
        await harness.Bus.Publish(new DeleteResults("acme", "gen_2"), Cancel);
        Assert.True(await harness.Published.Any<ResultsExpired>(Cancel));
        Assert.Empty(await shelf.KeysAsync("tenants/acme/jobs/gen_2/"));
        Assert.NotEmpty(await shelf.KeysAsync("tenants/acme/jobs/gen_1/"));
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
