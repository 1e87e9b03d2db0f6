using Microsoft.Extensions.Options;

namespace RdmCloud.Storage.Retention;

/// <summary>Sweeps now and then.</summary>
sealed class RetentionSweeper(
    RetentionSweep sweep, IOptions<StorageOptions> options, TimeProvider time, ILogger<RetentionSweeper> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await sweep.SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Expired results could not be deleted; it is tried again");
            }
    }
}
