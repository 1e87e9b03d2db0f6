using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Models;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>What an autoscaler of the sampling workers goes by: queues alone do not show it, since jobs wait for workers in the ledger.</summary>
public sealed class Backlog(IDbContextFactory<LedgerContext> contexts, ModelCatalog models, Quotas quotas, TimeProvider time)
{
    /// <summary>
    /// The pictures that workers could draw now, were there enough of them: those in the chain, being drawn included, and those that
    /// wait, as far as their tenants' quotas let them in. It is 1 while no worker has ever told of a model: before that no job can
    /// be submitted, so one must come.
    /// </summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        if (await models.ListAsync(cancellationToken) is [])
            return 1;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var inChain = await context.Jobs.InChain().SumAsync(job => job.Pictures, cancellationToken);
        return inChain + await CountWaitingAsync(context, cancellationToken);
    }

    async Task<int> CountWaitingAsync(LedgerContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var waiting = await context.Jobs.Where(job => job.Status == JobStatus.Queued && job.StartAfter <= now)
            .GroupBy(job => job.Tenant)
            .Select(group => new { Tenant = group.Key, Jobs = group.Count(), Pictures = group.Sum(job => job.Pictures) })
            .ToListAsync(cancellationToken);
        var ids = waiting.Select(group => group.Tenant).ToList();
        var tenants = await context.Tenants.AsNoTracking().Where(tenant => ids.Contains(tenant.Id))
            .ToDictionaryAsync(tenant => tenant.Id, quotas.ConcurrentJobs, cancellationToken);
        var running = await context.Jobs.Where(job => job.Status == JobStatus.Processing)
            .GroupBy(job => job.Tenant).ToDictionaryAsync(group => group.Key, group => group.Count(), cancellationToken);
        return waiting.Sum(group =>
        {
            var admitted = Math.Clamp(tenants.GetValueOrDefault(group.Tenant) - running.GetValueOrDefault(group.Tenant), 0, group.Jobs);
            return (int)Math.Ceiling(group.Pictures * (admitted / (double)group.Jobs));
        });
    }
}
