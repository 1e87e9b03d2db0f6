using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Stages;

/// <param name="Query">An <see cref="PackedEmbedding"/>, as CLIP gave it.</param>
/// <param name="Negative">Likewise, of what to steer away from.</param>
public sealed record RetrieveNeighbors(
    JobReference Job, Generation Generation, byte[] Query, byte[]? Negative, ChainTimings Timings)
    : IStageCommand
{
    public static Stage Stage => Stage.Retrieval;
}
