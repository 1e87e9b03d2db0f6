namespace RdmCloud.VectorStore;

/// <summary>
/// A database, or a file to import into one, cannot be used. The message is for people: what, where, what to do.
/// </summary>
public sealed class DatabaseException(string message, Exception? inner = null) : Exception(message, inner);
