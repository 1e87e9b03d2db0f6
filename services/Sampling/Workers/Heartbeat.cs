using MassTransit;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Models;
using RdmCloud.Sampling.Painting;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Sampling.Workers;

/// <summary>
/// Says every few seconds that this worker draws, from when its models are warm until it is told to stop. A worker that can draw
/// no more ends the process, so that its jobs come to another.
/// </summary>
sealed class Heartbeat(
    IPainter painter, IBusControl bus, IOptions<SamplingOptions> options, TimeProvider time, ILogger<Heartbeat> logger)
    : BackgroundService, IHostedLifecycleService
{
    static readonly TimeSpan interval = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource leaving = new();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before anything has stopped, the bus above all.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await leaving.CancelAsync();
        if (painter.Ready.IsCompletedSuccessfully)
            await SayAsync(isLeaving: true, cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        base.Dispose();
        leaving.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await painter.Ready.WaitAsync(leaving.Token);
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, leaving.Token);
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            if (painter.Completion.IsCompleted)
                await painter.Completion;
            await TrySayAsync();
        }
        while (await timer.WaitForNextTickAsync(leaving.Token));
    }

    /// <summary>A broker that is away must not end this process, and one that never answers must not silence it.</summary>
    async Task TrySayAsync()
    {
        try
        {
            await SayAsync(isLeaving: false, leaving.Token);
        }
        catch (Exception exception) when (!leaving.IsCancellationRequested)
        {
            logger.LogWarning(exception, "It could not be said that this worker draws; it is said again in {Interval}", interval);
        }
    }

    async Task SayAsync(bool isLeaving, CancellationToken cancellationToken)
    {
        foreach (var model in painter.Models.Values)
            await bus.PublishAsync(
                new WorkerAlive(Worker.Name, model.Describe(options.Value), options.Value.Slots, isLeaving), interval,
                cancellationToken);
    }
}
