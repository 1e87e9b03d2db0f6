using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Models;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>What an autoscaler of the sampling workers goes by; queues do not show it, since jobs wait in the ledger.</summary>
public sealed class Backlog(IDbContextFactory<LedgerContext> contexts, ModelCatalog models, Quotas quotas, TimeProvider time)
{
    /// <summary>
    /// The pictures that workers could draw now, were there enough of them: those in the chain, being drawn included, and those
    /// that wait, as far as their tenants' quotas let them in. It is 1 while no worker has ever told of a model: before that no
    /// job can be submitted, so one must come.
    /// </summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        if (await models.ListAsync(cancellationToken) is [])
            return 1;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var groups = await context.Jobs // in one query: the dispatcher moves jobs from one count to the other
            .Where(job => job.Status == JobStatus.Processing || job.Status == JobStatus.Queued && job.StartAfter <= now)
            .GroupBy(job => job.Tenant)
            .Select(group => new Group(
                group.Key,
                group.Count(job => job.Status == JobStatus.Processing),
                group.Sum(job => job.Status == JobStatus.Processing && job.Stage != Stage.Storage ? job.Pictures : 0),
                group.Count(job => job.Status == JobStatus.Queued),
                group.Sum(job => job.Status == JobStatus.Queued ? job.Pictures : 0)))
            .ToListAsync(cancellationToken);
        var ids = groups.Select(group => group.Tenant).ToList();
        var tenants = await context.Tenants.AsNoTracking().Where(tenant => ids.Contains(tenant.Id))
            .ToDictionaryAsync(tenant => tenant.Id, quotas.ConcurrentJobs, cancellationToken);
        return groups.Sum(group => group.Undrawn + Admitted(group, tenants.GetValueOrDefault(group.Tenant)));
    }

    /// <summary>The waiting pictures of as many jobs as fit in beside those that run.</summary>
    static int Admitted(Group group, int quota) => group.Queued == 0 ? 0
        : (int)Math.Ceiling(group.Waiting * (Math.Clamp(quota - group.Running, 0, group.Queued) / (double)group.Queued));

    /// <param name="Running">Jobs in the chain.</param>
    /// <param name="Undrawn">Their pictures that are not drawn yet.</param>
    /// <param name="Queued">Jobs that wait.</param>
    /// <param name="Waiting">Their pictures.</param>
    sealed record Group(string Tenant, int Running, int Undrawn, int Queued, int Waiting);
}
