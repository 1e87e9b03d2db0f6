using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>Writes rows behind the committed ones. Nothing is visible before <see cref="Commit"/>; the lock is held until then.</summary>
sealed class Appender : IDisposable
{
    const float MaxNorm = 1e30f; // beyond, a dot product may overflow

    readonly DatabaseFolder folder;
    readonly DatabaseInfo info;
    readonly byte[] rowBytes;
    readonly FileStream writerLock, vectors, inverseNorms, rows, records, thumbnails;

    public Appender(DatabaseFolder folder, DatabaseInfo info)
    {
        this.folder = folder;
        this.info = info;
        rowBytes = new byte[new RowLayout(info).RowBytes];
        writerLock = Lock(folder);
        try
        {
            var commit = Embedded.Commit.Read(folder);
            Count = commit.Rows;
            vectors = OpenAt(folder.Vectors, commit.Rows * rowBytes.Length);
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

    public void Write(DatabaseRow row)
    {
        var (embedding, provenance, thumbnail) = row;
        var inverseNorm = InverseNorm(embedding.Span, provenance);
        var record = JsonSerializer.SerializeToUtf8Bytes(provenance, DatabaseJson.Default.Provenance);
        if (string.IsNullOrEmpty(provenance.ImageId))
            throw new DatabaseException($"A row for database '{info.Name}' has no image id.");
        if (record.Length > RowEntry.MaxRecordBytes || thumbnail.Length > RowEntry.MaxThumbnailBytes)
            throw new DatabaseException($"Image '{provenance.ImageId}' has {record.Length} bytes of provenance "
                + $"and a thumbnail of {thumbnail.Length} bytes; at most {RowEntry.MaxRecordBytes} and {RowEntry.MaxThumbnailBytes} fit into a database.");

        var entry = new RowEntry(records.Position, thumbnails.Position, RowEntry.HashImageId(provenance.ImageId),
            record.Length, thumbnail.Length, Crc32.HashToUInt32(record));
        Encode(embedding.Span, provenance);
        vectors.Write(rowBytes);
        inverseNorms.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in inverseNorm)));
        rows.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<RowEntry>(in entry)));
        records.Write(record);
        thumbnails.Write(thumbnail.Span);
        Count++;
    }

    /// <summary>Makes all rows written visible.</summary>
    public void Commit()
    {
        foreach (var file in (FileStream[])[vectors, inverseNorms, rows, records, thumbnails])
            file.Flush(flushToDisk: true);
        Embedded.Commit.Of(Count, records.Position, thumbnails.Position).Write(folder);
    }

    public void Dispose()
    {
        foreach (var file in (FileStream?[])[vectors, inverseNorms, rows, records, thumbnails, writerLock])
            file?.Dispose();
    }

    float InverseNorm(ReadOnlySpan<float> embedding, Provenance provenance)
    {
        if (embedding.Length != info.Dimension)
            throw new DatabaseException($"The embedding of image '{provenance.ImageId}' has {embedding.Length} values; "
                + $"database '{info.Name}' takes {info.Dimension}.");
        var norm = EmbeddingMath.Norm(embedding);
        return norm switch
        {
            0 => 0,
            <= MaxNorm => (float)(1 / norm),
            _ => throw new DatabaseException($"The embedding of image '{provenance.ImageId}' holds values that are not finite or far too large."),
        };
    }

    void Encode(ReadOnlySpan<float> embedding, Provenance provenance)
    {
        if (info.ElementType == ElementType.Float32)
        {
            MemoryMarshal.AsBytes(embedding).CopyTo(rowBytes);
            return;
        }
        var halves = MemoryMarshal.Cast<byte, Half>(rowBytes.AsSpan())[..embedding.Length];
        TensorPrimitives.ConvertToHalf(embedding, halves);
        foreach (var half in halves)
            if (!Half.IsFinite(half))
                throw new DatabaseException($"The embedding of image '{provenance.ImageId}' holds values beyond 65504, the largest of float16. "
                    + "Create the database with element type float32.");
    }

    static FileStream Lock(DatabaseFolder folder)
    {
        try
        {
            return new(folder.WriterLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new DatabaseException($"Another writer is at work on '{folder.Path}'. Try again when it has finished.", exception);
        }
    }

    static FileStream OpenAt(string path, long position)
    {
        CommittedFile.OpenRead(path, position).Dispose(); // never append after a gap
        var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1 << 18);
        stream.Position = position;
        return stream;
    }
}
