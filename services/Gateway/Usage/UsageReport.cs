using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Usage;

/// <summary>Counts what a tenant has used, from the ledger itself.</summary>
public sealed class UsageReport(IDbContextFactory<LedgerContext> contexts)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public async Task<UsageView> ReadAsync(
        string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = await context.Jobs
            .Where(job =>
                job.Tenant == tenant && job.Status == JobStatus.Completed && job.CreatedAt >= from && job.CreatedAt < to)
            .Select(job => new { job.ApiKey, job.CreatedAt, job.Pictures, job.Cost, job.DeviceSeconds })
            .ToListAsync(cancellationToken);
        var retrievals = await context.Retrievals
            .Where(use => use.Tenant == tenant && use.At >= from && use.At < to)
            .Select(use => new { use.ApiKey, use.At })
            .ToListAsync(cancellationToken);
        var lines =
            from key in jobs.Select(job => (DayOf(job.CreatedAt), job.ApiKey))
                .Concat(retrievals.Select(use => (DayOf(use.At), use.ApiKey)))
                .Distinct()
            orderby key
            let own = jobs.Where(job => (DayOf(job.CreatedAt), job.ApiKey) == key).ToList()
            select new UsageLine(
                key.Item1, key.ApiKey, own.Count, own.Sum(job => (long)job.Pictures), own.Sum(job => (long)job.Cost),
                own.Sum(job => job.DeviceSeconds), retrievals.Count(use => (DayOf(use.At), use.ApiKey) == key));
        return new(from, to, [.. lines]);
    }

    static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
