using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>Writes rows behind the committed ones.</summary>
sealed class RowWriter : IDisposable
{
    readonly FileStream vectors, inverseNorms, rows, records, thumbnails;

    public RowWriter(DatabaseFolder folder, RowLayout layout, Commit commit)
    {
        Count = commit.Rows;
        try
        {
            vectors = OpenAt(folder.Vectors, commit.Rows * layout.RowBytes);
            inverseNorms = OpenAt(folder.InverseNorms, commit.Rows * sizeof(float));
            rows = OpenAt(folder.Rows, commit.Rows * RowEntry.Size);
            records = OpenAt(folder.Records, commit.RecordBytes);
            thumbnails = OpenAt(folder.Thumbnails, commit.ThumbnailBytes);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The rows committed before and written since.</summary>
    public long Count { get; private set; }

    public long RecordBytes => records.Position;

    public long ThumbnailBytes => thumbnails.Position;

    public void Write(EncodedRow row)
    {
        var inverseNorm = row.InverseNorm;
        var entry = new RowEntry(RecordBytes, ThumbnailBytes, RowEntry.HashImageId(row.ImageId),
            row.Record.Length, row.Thumbnail.Length, Crc32.HashToUInt32(row.Record));
        vectors.Write(row.Vector);
        inverseNorms.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in inverseNorm)));
        rows.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<RowEntry>(in entry)));
        records.Write(row.Record);
        thumbnails.Write(row.Thumbnail.Span);
        Count++;
    }

    public void FlushToDisk()
    {
        foreach (var file in (FileStream[])[vectors, inverseNorms, rows, records, thumbnails])
            file.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        foreach (var file in (FileStream?[])[vectors, inverseNorms, rows, records, thumbnails])
            file?.Dispose();
    }

    static FileStream OpenAt(string path, long position)
    {
        CommittedFile.OpenRead(path, position).Dispose(); // never append after a gap
        var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1 << 18);
        stream.Position = position;
        return stream;
    }
}
