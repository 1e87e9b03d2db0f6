using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Stages;

/// <param name="Neighbors">Without embeddings.</param>
/// <param name="ModelHash">Of the model that drew.</param>
/// <param name="Worker">Which worker drew, and on what.</param>
public sealed record StoreImages(
    JobReference Job,
    Generation Generation,
    IReadOnlyList<RetrievedNeighbor> Neighbors,
    IReadOnlyList<TransitPicture> Pictures,
    string ModelHash,
    string Worker,
    ChainTimings Timings) : IStageCommand
{
    public static Stage Stage => Stage.Storage;
}
