using MassTransit;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Dispatch;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Gateway.Generations;

/// <summary>Deletes what a job has left. Its line in the ledger stays, for the bill.</summary>
public sealed class JobDeletion(JobLedger ledger, JobEnding ending, IBus bus)
{
    public async Task DeleteAsync(Job job, CancellationToken cancellationToken)
    {
        await ending.CancelAsync(job.Id, cancellationToken);
        await bus.PublishAsync(new DeleteResults(job.Tenant, job.Id), cancellationToken);
        await ledger.ChangeAsync(job.Id, (row, _) => row.LoseResults(), cancellationToken);
    }
}
