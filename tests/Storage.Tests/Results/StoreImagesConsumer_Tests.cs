using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Stages;
using RdmCloud.Storage.Support;

namespace RdmCloud.Storage.Results;

public sealed class StoreImagesConsumer_Tests : IAsyncLifetime
{
    readonly Shelf shelf = new();
    ServiceProvider services = null!;
    ITestHarness harness = null!;

    public async ValueTask InitializeAsync()
    {
        services = new ServiceCollection()
            .AddLogging().AddSingleton<TimeProvider>(shelf.Time).AddSingleton(shelf.Results).AddStages()
            .AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(
                new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build())
            .AddMassTransitTestHarness(bus => bus.AddConsumer<StoreImagesConsumer, StoreImagesDefinition>())
            .BuildServiceProvider();
        harness = services.GetRequiredService<ITestHarness>();
        await harness.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        shelf.Dispose();
    }

    [Fact]
    public async Task Command_EndsWithTheSameOutcome_HoweverOftenItComes()
    {
        var command = shelf.Command();
        await shelf.DrawAsync(command);
        for (var time = 0; time < 2; time++)
            await harness.Bus.SendToAsync(StageQueues.StoreImages, command, Cancel);
        await harness.InactivityTask;
        var told = harness.Published.Select<ImagesStored>(Cancel).Select(one => one.Context.Message).ToList();
        Assert.Equal(2, told.Count);
        Assert.Equal(told[0].Pictures, told[1].Pictures);
        Assert.Equal("gen_1", told[0].Job.Job);
    }

    [Fact]
    public async Task PicturesThatAreNowhere_AreToldToTheLedger()
    {
        await harness.Bus.SendToAsync(StageQueues.StoreImages, shelf.Command(), Cancel);
        Assert.True(await harness.Published.Any<StageFailed>(
            failed => failed.Context.Message is { Stage: Stage.Storage, Transient: true }, Cancel));
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
