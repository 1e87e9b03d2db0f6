using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>The jobs of one model that wait for their turn, looked up as they are needed: each tenant's best first.</summary>
sealed class WaitingJobs(LedgerContext context, string model, DateTimeOffset now)
{
    const int AtOnce = 16;
    readonly Dictionary<string, Queue<Job>> ahead = [];
    readonly Dictionary<string, int> taken = [];

    public async Task<List<Tenant>> TenantsAsync(CancellationToken cancellationToken)
    {
        var ids = await Waiting().Select(job => job.Tenant).Distinct().ToListAsync(cancellationToken);
        return await context.Tenants.Where(tenant => ids.Contains(tenant.Id)).ToListAsync(cancellationToken);
    }

    /// <summary>The tenant's next job by priority, then age; null when none is left.</summary>
    public async Task<Job?> NextAsync(string tenant, CancellationToken cancellationToken)
    {
        if (!ahead.TryGetValue(tenant, out var jobs) || jobs.Count == 0)
        {
            var page = await Waiting().Where(job => job.Tenant == tenant)
                .OrderByDescending(job => job.Priority).ThenBy(job => job.CreatedAt).ThenBy(job => job.Id)
                .Skip(taken.GetValueOrDefault(tenant)).Take(AtOnce)
                .ToListAsync(cancellationToken);
            ahead[tenant] = jobs = new(page);
        }
        if (!jobs.TryDequeue(out var next))
            return null;
        taken[tenant] = taken.GetValueOrDefault(tenant) + 1;
        return next;
    }

    IQueryable<Job> Waiting() =>
        context.Jobs.Where(job => job.Status == JobStatus.Queued && job.Model == model && job.StartAfter <= now);
}
