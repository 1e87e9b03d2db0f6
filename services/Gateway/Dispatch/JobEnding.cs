using MassTransit;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>Ends a job from outside, wherever it is: the ledger knows first, then whoever works on it.</summary>
public sealed class JobEnding(JobLedger ledger, IBus bus)
{
    public Task<Job?> CancelAsync(string id, CancellationToken cancellationToken) =>
        EndAsync(id, (job, now) => job.Cancel(now), cancellationToken);

    public Task<Job?> ExpireAsync(string id, CancellationToken cancellationToken) =>
        EndAsync(id, (job, now) => job.Expire(now), cancellationToken);

    async Task<Job?> EndAsync(string id, Action<Job, DateTimeOffset> end, CancellationToken cancellationToken)
    {
        var job = await ledger.ChangeAsync(id, end, cancellationToken);
        if (job is { Status: JobStatus.Canceled or JobStatus.Expired, Stage: not null })
            await bus.PublishAsync(new GenerationCancelled(job.Reference), cancellationToken);
        return job;
    }
}
