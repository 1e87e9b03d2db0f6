using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Stages;

/// <param name="Neighbors">Without embeddings.</param>
public sealed record NeighborsRetrieved(JobReference Job, IReadOnlyList<RetrievedNeighbor> Neighbors);
