using MassTransit;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ServiceDefaults.Telemetry;

namespace RdmCloud.Gateway.Events;

/// <summary>Puts what webhooks are to be told of on the bus. Twice is harmless: the event's id says that it is the same.</summary>
public sealed class OutboxPublisher(IDbContextFactory<LedgerContext> contexts, JobPresenter jobs, IBus bus)
{
    const int AtOnce = 100;

    /// <returns>Whether there may be more.</returns>
    public async Task<bool> PublishAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = await context.Outbox.OrderBy(entry => entry.Job).ThenBy(entry => entry.Sequence).Take(AtOnce).ToListAsync(cancellationToken);
        if (entries.Count == 0)
            return false;
        var ids = entries.Select(entry => entry.Job).Distinct().ToList();
        var rows = await context.Jobs.AsNoTracking().Where(job => ids.Contains(job.Id)).ToDictionaryAsync(job => job.Id, cancellationToken);
        foreach (var entry in entries)
            await PublishAsync(entry, rows[entry.Job], cancellationToken);
        context.Outbox.RemoveRange(entries);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another replica has published them too.
        }
        return entries.Count == AtOnce;
    }

    async Task PublishAsync(OutboxEntry entry, Job job, CancellationToken cancellationToken)
    {
        using var span = JobTrace.Resume(entry.Type, job.TraceParent);
        span.Tag(job.Tenant, job.Id);
        var target = job.Webhook is { } webhook ? LedgerJson.Read<WebhookTarget>(webhook) : null;
        await bus.Publish(new TenantEvent($"evt_{entry.Job}_{entry.Sequence}", job.Tenant, entry.Type, entry.At,
            LedgerJson.Write(await jobs.ShowAsync(job)), target, span?.Id ?? job.TraceParent), cancellationToken);
    }
}
