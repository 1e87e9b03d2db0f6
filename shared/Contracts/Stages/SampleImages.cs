using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Stages;

/// <param name="Neighbors">With their embeddings; the context is the query and these, in their order.</param>
public sealed record SampleImages(
    JobReference Job, Generation Generation, byte[] Query, byte[]? Negative,
    IReadOnlyList<RetrievedNeighbor> Neighbors, ChainTimings Timings)
    : IStageCommand
{
    public static Stage Stage => Stage.Sampling;
}
