namespace RdmCloud.VectorStore;

/// <summary>What a removal or a purge did.</summary>
/// <param name="Version">The database's version after it; a new one only if rows were visible before.</param>
/// <param name="Rows">The rows that went.</param>
public sealed record Removal(long Version, long Rows);
