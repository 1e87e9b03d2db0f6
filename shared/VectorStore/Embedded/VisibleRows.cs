namespace RdmCloud.VectorStore.Embedded;

/// <summary>The rows of one version: those below <paramref name="End"/> that are not removed at it.</summary>
sealed record VisibleRows(long Version, long End, RemovedRows Removed)
{
    public long Count => End - Removed.CountBelow(End, Version);

    public bool Contains(long row) => row >= 0 && row < End && !Removed.Contains(row, Version);
}
