using Microsoft.Extensions.Options;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>Dispatches whenever something has changed, on the one replica that holds the lease.</summary>
public sealed class DispatchService(
    Dispatcher dispatcher, Leases leases, LedgerSignals signals, IOptions<DispatchOptions> options, TimeProvider time,
    ILogger<DispatchService> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await leases.ReleaseAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await leases.HoldAsync("dispatch", stoppingToken))
                    await dispatcher.DispatchAsync(stoppingToken);
                else
                    dispatcher.StandBy();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Jobs could not be dispatched; it is tried again");
            }
            await signals.Dispatch.WaitAsync(options.Value.PollInterval, time, stoppingToken);
        }
    }
}
