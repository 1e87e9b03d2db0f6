using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Text.Json;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// A database as one commit left it, mapped but not read. Shared by the searches that run on it; the files close when the
/// last of them and the index have let go.
/// </summary>
sealed class Snapshot : IDisposable
{
    readonly Commit commit;
    readonly MappedFile vectors, inverseNorms, rows;
    readonly FileStream records, thumbnails;
    int owners = 1;

    public Snapshot(DatabaseFolder folder, DatabaseInfo info)
    {
        Info = info;
        Layout = new(info);
        commit = Commit.Read(folder);
        if (commit.Rows > long.MaxValue / Math.Max(Layout.RowBytes, RowEntry.Size))
            throw new DatabaseException($"'{folder.Commit}' is damaged: it counts {commit.Rows} rows.");
        var opened = new Stack<IDisposable>();
        try
        {
            opened.Push(vectors = new(folder.Vectors, commit.Rows * Layout.RowBytes));
            opened.Push(inverseNorms = new(folder.InverseNorms, commit.Rows * sizeof(float)));
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

    public DatabaseInfo Info { get; }

    public RowLayout Layout { get; }

    public long Count => commit.Rows;

    public Snapshot Share()
    {
        Interlocked.Increment(ref owners);
        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref owners) > 0)
            return;
        foreach (var file in (IDisposable[])[vectors, inverseNorms, rows, records, thumbnails])
            file.Dispose();
    }

    /// <summary>[count * stride] float32 values from row <paramref name="first"/> on: the mapped file itself, or widened into the buffer.</summary>
    public ReadOnlySpan<float> Vectors(long first, int count, Span<float> buffer)
    {
        var (start, length) = (first * Layout.Stride, count * Layout.Stride);
        if (Info.ElementType == ElementType.Float32)
            return vectors.Read<float>(start, length);
        TensorPrimitives.ConvertToSingle(vectors.Read<Half>(start, length), buffer);
        return buffer[..length];
    }

    public ReadOnlySpan<float> InverseNorms(long first, int count) => inverseNorms.Read<float>(first, count);

    public float[] ReadEmbedding(long row)
    {
        var buffer = new float[Layout.Stride];
        return Vectors(row, 1, buffer)[..Info.Dimension].ToArray();
    }

    public Provenance ReadProvenance(long row)
    {
        var entry = rows.Read<RowEntry>(row, 1)[0];
        var bytes = Read(records, entry.RecordOffset, entry.RecordLength, commit.RecordBytes, RowEntry.MaxRecordBytes, row);
        if (Crc32.HashToUInt32(bytes) != entry.RecordChecksum)
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
        var entry = rows.Read<RowEntry>(row, 1)[0];
        return Read(thumbnails, entry.ThumbnailOffset, entry.ThumbnailLength, commit.ThumbnailBytes, RowEntry.MaxThumbnailBytes, row);
    }

    /// <summary>The rows of these images, in ascending order.</summary>
    public List<long> FindRows(IReadOnlyCollection<string> imageIds, CancellationToken cancellationToken)
    {
        const int Step = 1 << 16;
        var found = new List<long>();
        var ids = imageIds.ToHashSet();
        var hashes = ids.Select(RowEntry.HashImageId).ToHashSet();
        for (var first = 0L; first < Count && ids.Count > 0; first += Step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entries = rows.Read<RowEntry>(first, (int)Math.Min(Step, Count - first));
            for (var i = 0; i < entries.Length; i++)
                if (hashes.Contains(entries[i].ImageIdHash) && ids.Contains(ReadProvenance(first + i).ImageId))
                    found.Add(first + i);
        }
        return found;
    }

    static byte[] Read(FileStream file, long offset, int length, long committed, int max, long row)
    {
        if (offset < 0 || length < 0 || length > max || offset > committed - length)
            throw Damaged(file.Name, row);
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
