namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// The rows that any version removed, each with the first version that lacks it; sorted, for look-ups during a scan.
/// </summary>
sealed class RemovedRows
{
    readonly long[] rows, versions;

    public RemovedRows(RemovalEntry[] removals)
    {
        RemovalEntry[] sorted = [.. removals];
        Array.Sort(sorted, (a, b) => a.Row != b.Row ? a.Row.CompareTo(b.Row) : a.Version.CompareTo(b.Version));
        // A purge goes before a removal.
        RemovalEntry[] first = [.. sorted.Where((removal, i) => i == 0 || sorted[i - 1].Row != removal.Row)];
        rows = Array.ConvertAll(first, removal => removal.Row);
        versions = Array.ConvertAll(first, removal => removal.Version);
    }

    public bool Contains(long row, long version) =>
        rows.Length > 0 && Array.BinarySearch(rows, row) is >= 0 and var place && versions[place] <= version;

    /// <summary>The rows below <paramref name="end"/> that are removed at a version.</summary>
    public long CountBelow(long end, long version)
    {
        var count = 0L;
        for (var place = 0; place < rows.Length && rows[place] < end; place++)
            count += versions[place] <= version ? 1 : 0;
        return count;
    }
}
