using Microsoft.Extensions.Options;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ServiceDefaults.Telemetry;

namespace RdmCloud.Gateway.Generations;

/// <summary>Takes a request in: once, whatever the client does.</summary>
public sealed class Submission(
    GenerationPlanner planner, JobLedger ledger, Idempotency idempotency, JobQuotas quotas, IOptions<TelemetryOptions> telemetry,
    ILogger<Submission> logger)
{
    public Task<Job> SubmitAsync(
        GenerationRequest request, Caller caller, string? idempotencyKey, string? traceParent,
        CancellationToken cancellationToken) =>
        idempotency.OnceAsync(caller.Tenant, idempotencyKey, request, async id =>
        {
            var job = await planner.PlanAsync(request, caller, id, traceParent, cancellationToken);
            await quotas.EnsureAsync(caller.Tenant, job.Pictures, cancellationToken);
            await ledger.AddAsync(job, cancellationToken);
            logger.LogInformation("Job {Job} of tenant {Tenant} is accepted: {Pictures} pictures by {Model}",
                job.Id, job.Tenant, job.Pictures, job.Model);
            if (telemetry.Value.LogPrompts)
                logger.LogInformation("The prompt of job {Job} is {Prompt}", job.Id, request.Prompt);
            return job;
        }, cancellationToken);
}
