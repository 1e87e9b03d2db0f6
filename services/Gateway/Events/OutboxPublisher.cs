using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Databases;
using RdmCloud.ServiceDefaults.Telemetry;

namespace RdmCloud.Gateway.Events;

/// <summary>
/// Puts what webhooks are to be told of on the bus. Twice is harmless: the event's id says that it is the same.
/// </summary>
public sealed class OutboxPublisher(
    IDbContextFactory<LedgerContext> contexts, JobPresenter jobs, IBus bus, IOptions<DatabaseOptions> database)
{
    const int AtOnce = 100;

    /// <returns>Whether there may be more.</returns>
    public async Task<bool> PublishAsync(CancellationToken cancellationToken)
    {
        if (database.Value.PostgreSql is not null)
            return await contexts.TransactAsync(PublishAsync, cancellationToken);
        // The only process that publishes from an SQLite file need not hold up all who write to it.
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await PublishAsync(context, cancellationToken);
    }

    async Task<bool> PublishAsync(LedgerContext context, CancellationToken cancellationToken)
    {
        var entries = await context.Outbox.OrderBy(entry => entry.Job).ThenBy(entry => entry.Sequence)
            .Take(AtOnce).PassingOverLocked().ToListAsync(cancellationToken);
        if (entries.Count == 0)
            return false;
        var ids = entries.Select(entry => entry.Job).Distinct().ToList();
        var rows = await context.Jobs.AsNoTracking()
            .Where(job => ids.Contains(job.Id)).ToDictionaryAsync(job => job.Id, cancellationToken);
        foreach (var entry in entries)
            await PublishAsync(entry, rows[entry.Job], cancellationToken);
        context.Outbox.RemoveRange(entries);
        await context.SaveChangesAsync(cancellationToken);
        return entries.Count == AtOnce;
    }

    async Task PublishAsync(OutboxEntry entry, Job job, CancellationToken cancellationToken)
    {
        using var span = JobTrace.Resume(entry.Type, job.TraceParent);
        span.Tag(job.Tenant, job.Id);
        var target = job.Webhook is { } webhook ? LedgerJson.Read<WebhookTarget>(webhook) : null;
        await bus.PublishAsync(new TenantEvent($"evt_{entry.Job}_{entry.Sequence}", job.Tenant, entry.Type, entry.At,
            LedgerJson.Write(await jobs.ShowAsync(job)), target, span?.Id ?? job.TraceParent), cancellationToken);
    }
}
