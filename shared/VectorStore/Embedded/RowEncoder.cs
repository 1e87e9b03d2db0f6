using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>Checks rows for one database and turns them into bytes.</summary>
sealed class RowEncoder(DatabaseInfo info)
{
    const float MaxNorm = 1e30f; // beyond, a dot product may overflow

    readonly int rowBytes = new RowLayout(info).RowBytes;

    public static byte[] Encode(Provenance provenance) =>
        JsonSerializer.SerializeToUtf8Bytes(provenance, DatabaseJson.Default.Provenance);

    /// <exception cref="DatabaseException">The row does not fit.</exception>
    public EncodedRow Encode(DatabaseRow row)
    {
        var (embedding, provenance, thumbnail) = row;
        var inverseNorm = InverseNorm(embedding.Span, provenance);
        var record = Encode(provenance);
        if (string.IsNullOrEmpty(provenance.ImageId))
            throw new DatabaseException($"A row for database '{info.Name}' has no image id.");
        if (record.Length > RowEntry.MaxRecordBytes || thumbnail.Length > RowEntry.MaxThumbnailBytes)
            throw new DatabaseException($"Image '{provenance.ImageId}' has {record.Length} bytes of provenance "
                + $"and a thumbnail of {thumbnail.Length} bytes; "
                + $"at most {RowEntry.MaxRecordBytes} and {RowEntry.MaxThumbnailBytes} fit into a database.");
        return new(provenance.ImageId, Encode(embedding.Span, provenance), inverseNorm, record, thumbnail);
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
            _ => throw new DatabaseException(
                $"The embedding of image '{provenance.ImageId}' holds values that are not finite or far too large."),
        };
    }

    byte[] Encode(ReadOnlySpan<float> embedding, Provenance provenance)
    {
        var bytes = new byte[rowBytes];
        if (info.ElementType == ElementType.Float32)
        {
            MemoryMarshal.AsBytes(embedding).CopyTo(bytes);
            return bytes;
        }
        var halves = MemoryMarshal.Cast<byte, Half>(bytes.AsSpan())[..embedding.Length];
        TensorPrimitives.ConvertToHalf(embedding, halves);
        foreach (var half in halves)
            if (!Half.IsFinite(half))
                throw new DatabaseException(
                    $"The embedding of image '{provenance.ImageId}' holds values beyond 65504, the largest of float16. "
                    + "Create the database with element type float32.");
        return bytes;
    }
}
