using System.IO.Hashing;
using System.Text.Json;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>What a database knows of its rows beside their embeddings: provenance and thumbnails.</summary>
sealed class RowRecords : IDisposable
{
    readonly DatabaseFolder folder;
    readonly Commit commit;
    readonly MappedFile rows;
    readonly FileStream records, thumbnails;

    public RowRecords(DatabaseFolder folder, Commit commit)
    {
        this.folder = folder;
        this.commit = commit;
        var opened = new Stack<IDisposable>();
        try
        {
            opened.Push(rows = new(folder.Rows, commit.Rows * RowEntry.Size));
            opened.Push(records = CommittedFile.OpenRead(folder.Records, commit.RecordBytes));
            opened.Push(thumbnails = CommittedFile.OpenRead(folder.Thumbnails, commit.ThumbnailBytes));
        }
        catch
        {
            foreach (var file in opened)
                file.Dispose();
            throw;
        }
    }

    public ReadOnlySpan<RowEntry> Entries(long first, int count) => rows.Read<RowEntry>(first, count);

    /// <exception cref="DatabaseException">It points outside the files.</exception>
    public RowEntry Entry(long row)
    {
        var entry = Entries(row, 1)[0];
        return entry.IsWithin(commit) ? entry : throw Damaged(folder.Rows, row);
    }

    public Provenance ReadProvenance(long row)
    {
        var entry = Entry(row);
        var bytes = Read(records, entry.RecordOffset, entry.RecordLength, row);
        if (entry.Erased != 0 || Crc32.HashToUInt32(bytes) != entry.RecordChecksum)
            throw Damaged(records.Name, row);
        try
        {
            return JsonSerializer.Deserialize(bytes, DatabaseJson.Default.Provenance) is { ImageId: not null } provenance
                ? provenance
                : throw Damaged(records.Name, row);
        }
        catch (JsonException)
        {
            throw Damaged(records.Name, row);
        }
    }

    public byte[] ReadThumbnail(long row)
    {
        var entry = Entry(row);
        return Read(thumbnails, entry.ThumbnailOffset, entry.ThumbnailLength, row);
    }

    public void Dispose()
    {
        foreach (var file in (IDisposable[])[rows, records, thumbnails])
            file.Dispose();
    }

    static byte[] Read(FileStream file, long offset, int length, long row)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var count = RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(read), offset + read);
            read += count > 0 ? count : throw Damaged(file.Name, row);
        }
        return bytes;
    }

    static DatabaseException Damaged(string file, long row) =>
        new($"'{file}' is damaged at row {row}. Import the database again or restore a copy.");
}
