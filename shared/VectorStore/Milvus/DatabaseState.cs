namespace RdmCloud.VectorStore.Milvus;

/// <summary>What is known of a database besides its rows. It changes only as a whole.</summary>
/// <param name="Revision">Another one after each change of the state.</param>
/// <param name="Versions">All of them, the first one first.</param>
/// <param name="NextRow">The number of the next new row.</param>
/// <param name="Timestamp">Milvus's time of the last change: a search that has seen it sees the latest version.</param>
/// <param name="Collection">Of its own; null while it shares one.</param>
/// <param name="MovedAt">When its rows were copied there; null once those in the shared collection are deleted.</param>
/// <param name="IsUnclean">A change was cut short: rows that it wrote may still be there.</param>
public sealed record DatabaseState(long Revision, IReadOnlyList<DatabaseVersion> Versions, long NextRow, ulong Timestamp,
    string? Collection, DateTimeOffset? MovedAt, bool IsUnclean)
{
    public static readonly DatabaseState Empty = new(0, [], 0, 0, null, null, false);

    public long Version => Versions.Count;

    /// <summary>Rows that the latest version sees.</summary>
    public long Count => Versions.Sum(version => version.Added - version.Removed);
}
