using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using RdmCloud.VectorStore.Embedded;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>Turns rows as they are given into rows as Milvus keeps them, and back.</summary>
sealed class RowFactory(DatabaseInfo info)
{
    readonly RowEncoder encoder = new(info);

    /// <param name="row">Not numbered yet, and of no version.</param>
    /// <exception cref="DatabaseException">The row does not fit.</exception>
    public MilvusRow Make(DatabaseRow row)
    {
        var encoded = encoder.Encode(row);
        if (encoded.Record.Length > RowColumns.MaxProvenanceBytes)
            throw new DatabaseException($"Image '{encoded.ImageId}' has {encoded.Record.Length} bytes of provenance; "
                + $"at most {RowColumns.MaxProvenanceBytes} fit into a database in Milvus.");
        return new(0, RowFilter.ImageKey(encoded.ImageId), 0, MilvusRow.Never, Encoding.UTF8.GetString(encoded.Record),
            RowThumbnails.NameOf(row.Thumbnail.Span), Embedding(encoded.Vector));
    }

    public static Provenance ProvenanceOf(MilvusRow row) =>
        JsonSerializer.Deserialize(row.Provenance, DatabaseJson.Default.Provenance)!;

    /// <summary>The values that the database keeps: those of float16, where that is its type.</summary>
    float[] Embedding(byte[] bytes) => info.ElementType == ElementType.Float32
        ? MemoryMarshal.Cast<byte, float>(bytes)[..info.Dimension].ToArray()
        : Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes)[..info.Dimension].ToArray(), half => (float)half);
}
