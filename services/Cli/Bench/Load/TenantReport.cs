using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.Bench.Statistics;

namespace RdmCloud.Cli.Bench.Load;

/// <param name="Served">Pictures times steps that were drawn for it until the last job came.</param>
/// <param name="ServedOfFair">That, as a part of what the max-min fair division of all that was drawn until then would have given
/// it.</param>
sealed record TenantReport(
    string Tenant, double Share, double Weight, int Submitted, int Completed, int Errors, Percentiles? Latency, int Served,
    double? ServedOfFair)
{
    public static IReadOnlyList<TenantReport> Of(IReadOnlyList<TimedJob> jobs, IReadOnlyList<TenantShare> tenants)
    {
        var last = jobs.Count == 0 ? 0 : jobs[^1].Arrival.At;
        var own = jobs.ToLookup(job => job.Arrival.Tenant);
        var served = tenants.Select(tenant => own[tenant.Name].Where(job => job.IsDrawn && job.EndedAt <= last)
            .Sum(job => job.Arrival.Cost)).ToArray();
        var asked = tenants.Select(tenant => (double)own[tenant.Name].Where(job => job.IsDrawn).Sum(job => job.Arrival.Cost))
            .ToArray();
        var fair = Fairness.Shares(served.Sum(), asked, [.. tenants.Select(tenant => tenant.Weight)]);
        return [.. tenants.Select((tenant, i) => new TenantReport(
            tenant.Name, tenant.Share, tenant.Weight, own[tenant.Name].Count(), own[tenant.Name].Count(job => job.IsDrawn),
            own[tenant.Name].Count(job => !job.IsDrawn),
            Percentiles.Of(own[tenant.Name].Where(job => job.IsDrawn).Select(job => job.Latency))?.Rounded(3),
            served[i], fair[i] > 0 ? Math.Round(served[i] / fair[i], 3) : null))];
    }
}
