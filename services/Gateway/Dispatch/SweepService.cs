using Microsoft.Extensions.Options;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>Sweeps every second, on the one replica that holds the lease.</summary>
public sealed class SweepService(
    Sweeper sweeper, Leases leases, IOptions<BusOptions> bus, TimeProvider time, ILogger<SweepService> logger) : BackgroundService
{
    static readonly TimeSpan interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (bus.Value.RabbitMq is null)
            await sweeper.ResendAllAsync(stoppingToken);
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                if (await leases.HoldAsync("sweep", stoppingToken))
                    await sweeper.SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "The ledger could not be swept; it is tried again");
            }
    }
}
