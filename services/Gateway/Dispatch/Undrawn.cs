using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Dispatch;

static class Undrawn
{
    static readonly Stage[] beforeStorage = [Stage.Embedding, Stage.Retrieval, Stage.Sampling];

    /// <summary>The jobs in the chain whose pictures are not drawn yet.</summary>
    public static IQueryable<Job> InChain(this IQueryable<Job> jobs) =>
        jobs.Where(job => job.Status == JobStatus.Processing && beforeStorage.Contains(job.Stage!.Value));
}
