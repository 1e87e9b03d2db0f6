namespace RdmCloud.VectorStore.Embedded;

/// <summary>The latest version's rows by image, for many look-ups at the price of sorting them once.</summary>
sealed class ImageRows
{
    readonly RowRecords records;
    readonly ulong[] hashes;
    readonly long[] rows;

    public ImageRows(Snapshot snapshot)
    {
        records = snapshot.Records;
        var visible = snapshot.At(null);
        rows = new long[visible.Count];
        hashes = new ulong[rows.Length];
        for (var (row, place) = (0L, 0); row < visible.End; row++)
            if (visible.Contains(row))
                (rows[place], hashes[place++]) = (row, records.Entries(row, 1)[0].ImageIdHash);
        Array.Sort(hashes, rows);
    }

    /// <summary>The rows of an image, in ascending order.</summary>
    public long[] Find(string imageId)
    {
        var hash = RowEntry.HashImageId(imageId);
        var place = Array.BinarySearch(hashes, hash);
        if (place < 0)
            return [];
        var (first, end) = (place, place);
        while (first > 0 && hashes[first - 1] == hash)
            first--;
        while (end < hashes.Length && hashes[end] == hash)
            end++;
        return [.. rows[first..end].Where(row => records.ReadProvenance(row).ImageId == imageId).Order()];
    }
}
