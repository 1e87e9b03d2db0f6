using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Generations;

/// <summary>Whether a tenant may submit another job.</summary>
public sealed class JobQuotas(IDbContextFactory<LedgerContext> contexts, Quotas quotas, TimeProvider time)
{
    /// <exception cref="QuotaException">A quota is used up.</exception>
    public async Task EnsureAsync(string id, int pictures, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var tenant = await context.Tenants.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var queued = await context.Jobs.CountAsync(job => job.Tenant == id && job.Status == JobStatus.Queued, cancellationToken);
        if (queued >= quotas.QueuedJobs(tenant))
            throw new QuotaException(
                "queued-jobs", $"{queued} jobs wait already, which is all that this tenant may have.", TimeSpan.FromSeconds(10));
        var now = time.GetUtcNow();
        var today = new DateTimeOffset(now.Date, TimeSpan.Zero);
        var images = await context.Jobs
            .Where(job => job.Tenant == id && job.CreatedAt >= today && job.Status != JobStatus.Failed)
            .SumAsync(job => job.Pictures, cancellationToken);
        if (images + pictures > quotas.ImagesPerDay(tenant))
            throw new QuotaException(
                "images-per-day",
                $"{images} pictures were asked for today; this tenant may have {quotas.ImagesPerDay(tenant)} a day.",
                today.AddDays(1) - now);
    }
}
