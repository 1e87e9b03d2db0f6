namespace RdmCloud.VectorStore;

/// <summary>Which images a search may return.</summary>
/// <param name="Only">If given, only rows of these image ids.</param>
/// <param name="Except">Never rows of these image ids.</param>
/// <param name="Version">The version of the database to search; null for the latest.</param>
public sealed record NeighborFilter(
    IReadOnlyCollection<string>? Only = null, IReadOnlyCollection<string>? Except = null, long? Version = null);
