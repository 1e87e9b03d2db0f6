namespace RdmCloud.VectorStore.Mixing;

/// <param name="Index">The database that holds the neighbor.</param>
public sealed record MixedNeighbor(INeighborIndex Index, Neighbor Neighbor);
