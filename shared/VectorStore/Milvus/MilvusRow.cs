namespace RdmCloud.VectorStore.Milvus;

/// <summary>
/// A row as Milvus keeps it. It is never changed: one that is removed is written again with the version that removed it, and
/// the one before is deleted then. For a moment there are both, and of two with the same number readers take one.
/// </summary>
/// <param name="Row">Its number in the database.</param>
/// <param name="Image">The key of its image id: hexadecimal, whatever the id is.</param>
/// <param name="Added">The version that added it.</param>
/// <param name="Removed">The version that removed it; <see cref="Never"/> while it is there.</param>
/// <param name="Provenance">As JSON.</param>
/// <param name="Thumbnail">What names its thumbnail in the object store; empty where it has none.</param>
sealed record MilvusRow(long Row, string Image, long Added, long Removed, string Provenance, string Thumbnail, float[] Embedding)
{
    public const long Never = long.MaxValue;

    /// <summary>A row that no version sees.</summary>
    public static MilvusRow Mark(int dimension) => new(-1, "", 0, 0, "", "", [.. Enumerable.Repeat(1f, dimension)]);

    /// <summary>Milvus's key of it.</summary>
    public string KeyIn(string database) => Removed == Never ? $"{database}/{Row}" : $"{database}/{Row}/{Removed}";
}
