using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>How far each model's virtual time is. A new dispatcher reads it off what its predecessor has admitted.</summary>
sealed class VirtualTimes
{
    readonly Dictionary<string, double> known = [];

    public async Task<double> OfAsync(string model, LedgerContext context, CancellationToken cancellationToken) =>
        known.TryGetValue(model, out var time) ? time : await ReadAsync(model, context, cancellationToken);

    public void Forget() => known.Clear();

    public void Keep(string model, double time) => known[model] = time;

    /// <summary>
    /// It is where the job chosen last has started, to within a job: a tenant was served to the end of its last one. Where none
    /// is in the chain a new busy period begins, at the end of the last, as the rule has it: nobody has saved anything up.
    /// </summary>
    static async Task<double> ReadAsync(string model, LedgerContext context, CancellationToken cancellationToken)
    {
        var inChain = await context.Jobs.Where(job => job.Status == JobStatus.Processing && job.Model == model)
            .GroupBy(job => job.Tenant).Select(jobs => new { Tenant = jobs.Key, Cost = jobs.Max(job => job.Cost) })
            .Join(context.Tenants, jobs => jobs.Tenant, tenant => tenant.Id,
                (jobs, tenant) => tenant.Served - jobs.Cost / tenant.Weight)
            .ToListAsync(cancellationToken);
        return inChain.Count > 0
            ? inChain.Max()
            : await context.Tenants.MaxAsync(tenant => (double?)tenant.Served, cancellationToken) ?? 0;
    }
}
