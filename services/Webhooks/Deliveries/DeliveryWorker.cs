using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace RdmCloud.Webhooks.Deliveries;

/// <summary>Sends what is due, many at once but few to one recipient.</summary>
sealed class DeliveryWorker(
    DeliveryQueue queue, Delivering delivering, DeliverySignal signal, IOptions<WebhooksOptions> options, TimeProvider time,
    ILogger<DeliveryWorker> logger) : BackgroundService
{
    // So often it is looked for what other processes left behind, and for what failed to be read.
    static readonly TimeSpan look = TimeSpan.FromSeconds(5);
    static readonly TimeSpan forget = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<string, int> underWay = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var slots = new SemaphoreSlim(options.Value.Concurrency);
        var forgetAt = time.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                if (time.GetUtcNow() >= forgetAt)
                {
                    await queue.ForgetAsync(options.Value.Retention, stoppingToken);
                    forgetAt = time.GetUtcNow() + forget;
                }
                if (await TakeAsync(slots, stoppingToken) == 0)
                    await WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Webhooks could not be looked for; it is tried again");
                await signal.WaitAsync(look, time, stoppingToken);
            }
    }

    async Task<int> TakeAsync(SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        slots.Release();
        var taken = await queue.TakeAsync(slots.CurrentCount, Busy(), RoomFor, cancellationToken);
        foreach (var delivery in taken)
        {
            await slots.WaitAsync(cancellationToken);
            underWay.AddOrUpdate(delivery.Recipient, 1, (_, count) => count + 1);
            _ = Task.Run(async () =>
            {
                await delivering.DeliverAsync(delivery, cancellationToken);
                if (underWay.AddOrUpdate(delivery.Recipient, 0, (_, count) => count - 1) == 0)
                    underWay.TryRemove(new(delivery.Recipient, 0));
                slots.Release();
                signal.Set();
            }, CancellationToken.None);
        }
        return taken.Count;
    }

    async Task WaitAsync(CancellationToken cancellationToken)
    {
        var due = await queue.NextDueAsync(Busy(), cancellationToken) ?? look;
        var wait = due < look ? due : look;
        await signal.WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken);
    }

    string[] Busy() => [.. underWay.Keys.Where(recipient => RoomFor(recipient) <= 0)];

    int RoomFor(string recipient) => options.Value.ConcurrencyPerHost - underWay.GetValueOrDefault(recipient);
}
