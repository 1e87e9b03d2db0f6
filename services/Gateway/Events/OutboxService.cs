using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Events;

/// <summary>Publishes whenever something was written, and looks for what a killed process has left.</summary>
public sealed class OutboxService(
    OutboxPublisher publisher, LedgerSignals signals, TimeProvider time, ILogger<OutboxService> logger)
    : BackgroundService
{
    static readonly TimeSpan look = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await publisher.PublishAsync(stoppingToken))
                    ;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Events could not be published; it is tried again");
            }
            await signals.Outbox.WaitAsync(look, time, stoppingToken);
        }
    }
}
