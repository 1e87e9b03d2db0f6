namespace RdmCloud.VectorStore.Mixing;

/// <param name="Weight">The database's part of the neighbors, relative to the other weights; finite, not negative.</param>
/// <param name="Version">The version of the database to search; null for the latest.</param>
public sealed record WeightedDatabase(INeighborIndex Index, double Weight = 1, long? Version = null);
