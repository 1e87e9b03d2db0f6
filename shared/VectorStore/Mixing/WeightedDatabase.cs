namespace RdmCloud.VectorStore.Mixing;

/// <param name="Weight">The database's part of the neighbors, relative to the other weights; finite, not negative.</param>
public sealed record WeightedDatabase(INeighborIndex Index, double Weight = 1);
