namespace RdmCloud.VectorStore;

/// <summary>One version of a database. Version 0 is the empty database and is not listed.</summary>
/// <param name="Version">From 1, one more with each change.</param>
/// <param name="Created">When the change was committed.</param>
/// <param name="Added">Rows that it added.</param>
/// <param name="Removed">Rows of earlier versions that it removed.</param>
public sealed record DatabaseVersion(long Version, DateTimeOffset Created, long Added, long Removed);
