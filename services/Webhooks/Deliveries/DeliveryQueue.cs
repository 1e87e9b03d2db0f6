using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.ServiceDefaults.Databases;
using RdmCloud.Webhooks.Tables;

namespace RdmCloud.Webhooks.Deliveries;

/// <summary>Which deliveries are due; several processes share them.</summary>
sealed class DeliveryQueue(IDbContextFactory<WebhooksContext> contexts, TimeProvider time)
{
    // Longer than any attempt takes: what nothing is heard of for so long is attempted again.
    static readonly TimeSpan claim = TimeSpan.FromMinutes(1);

    /// <summary>Takes deliveries that are due, those that have waited longest first.</summary>
    /// <param name="busy">Recipients that are not to be bothered now.</param>
    /// <param name="room">How many a recipient may be sent beside those under way.</param>
    public Task<List<DeliveryEntry>> TakeAsync(
        int most, IReadOnlyCollection<string> busy, Func<string, int> room, CancellationToken cancellationToken) =>
        contexts.TransactAsync(async (context, token) =>
        {
            var now = time.GetUtcNow();
            var due = await context.Deliveries.AsNoTracking()
                .Where(row => row.Status == DeliveryStatus.Pending && row.NextAttemptAt <= now)
                .Where(row => !busy.Contains(row.Tenant + " " + row.Host))
                .OrderBy(row => row.NextAttemptAt).Take(4 * most).PassingOverLocked().ToListAsync(token);
            var taken = due.GroupBy(row => row.Recipient).SelectMany(rows => rows.Take(room(rows.Key))).Take(most).ToList();
            var ids = taken.ConvertAll(delivery => delivery.Id);
            await context.Deliveries.Where(row => ids.Contains(row.Id))
                .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.NextAttemptAt, now + claim), token);
            return taken;
        }, cancellationToken);

    public async Task<EventEntry> EventAsync(DeliveryEntry delivery, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Events.AsNoTracking()
            .SingleAsync(row => row.Tenant == delivery.Tenant && row.Id == delivery.Event, cancellationToken);
    }

    /// <summary>Writes down what came of an attempt, unless the delivery was canceled meanwhile.</summary>
    public async Task<DeliveryStatus> SettleAsync(DeliveryEntry delivery, Attempt attempt, CancellationToken cancellationToken)
    {
        var attempts = delivery.Attempts + (attempt.Counts ? 1 : 0);
        var next = attempt.Arrived || attempt.Status == System.Net.HttpStatusCode.Gone ? null
            : attempt.Counts ? DeliverySchedule.After(attempts, attempt.RetryAfter)
            : attempt.RetryAfter ?? TimeSpan.FromSeconds(30);
        var status = attempt.Arrived ? DeliveryStatus.Delivered : next is null ? DeliveryStatus.Failed : DeliveryStatus.Pending;
        var nextAt = time.GetUtcNow() + next;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Deliveries.Where(row => row.Id == delivery.Id && row.Status == DeliveryStatus.Pending)
            .ExecuteUpdateAsync(row => row
                .SetProperty(entry => entry.Status, status)
                .SetProperty(entry => entry.Attempts, attempts)
                .SetProperty(entry => entry.NextAttemptAt, nextAt)
                .SetProperty(entry => entry.ResponseStatus, (int?)attempt.Status)
                .SetProperty(entry => entry.LastError, attempt.Error), cancellationToken);
        return status;
    }

    /// <summary>How long until something is due; null where nothing is pending.</summary>
    public async Task<TimeSpan?> NextDueAsync(IReadOnlyCollection<string> busy, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var next = await context.Deliveries
            .Where(row => row.Status == DeliveryStatus.Pending && !busy.Contains(row.Tenant + " " + row.Host))
            .MinAsync(row => row.NextAttemptAt, cancellationToken);
        return next - time.GetUtcNow();
    }

    public async Task ForgetAsync(TimeSpan retention, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - retention;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Events.Where(row => row.RecordedAt < before).ExecuteDeleteAsync(cancellationToken);
    }
}
