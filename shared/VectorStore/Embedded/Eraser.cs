using System.Runtime.InteropServices;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// Overwrites purged rows, which no version shows any more. What is cut short is begun again: a row's entry tells where its
/// bytes lie until all of them are gone.
/// </summary>
static class Eraser
{
    static readonly byte[] Zeros = new byte[1 << 16];

    /// <summary>
    /// Overwrites the rows that a commit calls purged and not yet erased. For the one writer, on the newest state.
    /// </summary>
    /// <returns>Whether there were any; then there is a newer commit.</returns>
    public static bool Finish(DatabaseFolder folder, Snapshot database)
    {
        var purged = database.History.PurgedAfter(database.Commit.Erased);
        if (purged.Count == 0)
            return false;
        var entries = purged.ConvertAll(database.Records.Entry);
        // Marked before the first byte goes: an older snapshot in use must not take zeros for a row.
        WriteEntries(folder.Rows, purged.Zip(entries.Select(entry => entry with { Erased = 1 })));
        var rowBytes = database.Layout.RowBytes;
        Zero(folder.Vectors, purged.Select(row => (row * rowBytes, rowBytes)));
        Zero(folder.InverseNorms, purged.Select(row => (row * sizeof(float), sizeof(float))));
        Zero(folder.Records, entries.Select(entry => (entry.RecordOffset, entry.RecordLength)));
        Zero(folder.Thumbnails, entries.Select(entry => (entry.ThumbnailOffset, entry.ThumbnailLength)));
        WriteEntries(folder.Rows, purged.Select(row => (row, new RowEntry() with { Erased = 1 })));
        (database.Commit with { Erased = database.Commit.Removals }).Write(folder);
        return true;
    }

    static void WriteEntries(string path, IEnumerable<(long Row, RowEntry Entry)> entries)
    {
        using var file = Open(path);
        foreach (var (row, entry) in entries)
        {
            file.Position = row * RowEntry.Size;
            file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<RowEntry>(in entry)));
        }
        file.Flush(flushToDisk: true);
    }

    static void Zero(string path, IEnumerable<(long Offset, int Length)> places)
    {
        using var file = Open(path);
        foreach (var (offset, length) in places)
        {
            file.Position = offset;
            for (var left = length; left > 0; left -= Zeros.Length)
                file.Write(Zeros, 0, Math.Min(left, Zeros.Length));
        }
        file.Flush(flushToDisk: true);
    }

    static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
}
