namespace RdmCloud.VectorStore;

/// <summary>A row in a listing.</summary>
/// <param name="Row">Its number in the database, from 0; it never changes.</param>
public sealed record ListedRow(long Row, Provenance Provenance);
