using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Generations;

/// <summary>Takes a request in: once, whatever the client does.</summary>
public sealed class Submission(GenerationPlanner planner, JobLedger ledger, Idempotency idempotency, JobQuotas quotas)
{
    public Task<Job> SubmitAsync(
        GenerationRequest request, Caller caller, string? idempotencyKey, string? traceParent, CancellationToken cancellationToken) =>
        idempotency.OnceAsync(caller.Tenant, idempotencyKey, request, async id =>
        {
            var job = await planner.PlanAsync(request, caller, id, traceParent, cancellationToken);
            await quotas.EnsureAsync(caller.Tenant, job.Pictures, cancellationToken);
            await ledger.AddAsync(job, cancellationToken);
            return job;
        }, cancellationToken);
}
