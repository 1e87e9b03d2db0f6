using System.Runtime.InteropServices;
using Google.Protobuf.Collections;
using RdmCloud.VectorStore.Milvus.Client;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>Rows as Milvus wants and gives them: column by column.</summary>
static class RowColumns
{
    public const string Key = "key", Database = "database", Row = "row", Image = "image", Added = "added", Removed = "removed",
        Provenance = "provenance", Thumbnail = "thumbnail", Embedding = "embedding";

    /// <summary>The longest provenance, in bytes: what a text field of Milvus holds.</summary>
    public const int MaxProvenanceBytes = 65_535;

    const int Int64 = 5, VarChar = 21, FloatVector = 101;

    /// <summary>What a row is made of, but for the embedding.</summary>
    public static readonly string[] Known = [Row, Image, Added, Removed, Provenance, Thumbnail];

    public static readonly string[] All = [.. Known, Embedding];

    public static CollectionSchema Schema(string collection, int dimension, bool isShared) => new()
    {
        Name = collection,
        Fields =
        {
            Text(Key, 128, field => field.IsPrimaryKey = true),
            Text(Database, 64, field => field.IsPartitionKey = isShared),
            Number(Row), Text(Image, 32), Number(Added), Number(Removed),
            Text(Provenance, MaxProvenanceBytes), Text(Thumbnail, 32),
            new FieldSchema
            {
                Name = Embedding, DataType = FloatVector, TypeParams = { IndexParameters.Pair("dim", $"{dimension}") },
            },
        },
    };

    public static IEnumerable<FieldData> Write(string database, IReadOnlyList<MilvusRow> rows)
    {
        var vectors = new FloatArray();
        foreach (var row in rows)
            vectors.Data.AddRange(row.Embedding);
        return
        [
            Texts(Key, rows.Select(row => row.KeyIn(database))), Texts(Database, rows.Select(_ => database)),
            Numbers(Row, rows.Select(row => row.Row)), Texts(Image, rows.Select(row => row.Image)),
            Numbers(Added, rows.Select(row => row.Added)), Numbers(Removed, rows.Select(row => row.Removed)),
            Texts(Provenance, rows.Select(row => row.Provenance)), Texts(Thumbnail, rows.Select(row => row.Thumbnail)),
            new()
            {
                FieldName = Embedding, Type = FloatVector,
                Vectors = new() { Dim = rows[0].Embedding.Length, FloatVector = vectors },
            },
        ];
    }

    /// <summary>The rows in the order of the answer; without an embedding where it was not asked for.</summary>
    public static List<MilvusRow> Read(RepeatedField<FieldData> columns)
    {
        var byName = columns.ToDictionary(column => column.FieldName);
        if (!byName.TryGetValue(Row, out var numbers))
            return [];
        var embeddings = byName.GetValueOrDefault(Embedding)?.Vectors;
        var values = embeddings?.FloatVector.Data.ToArray() ?? [];
        var dimension = (int)(embeddings?.Dim ?? 0);
        return [.. numbers.Scalars.LongData.Data.Select((row, i) => new MilvusRow(
            row, TextAt(Image, i), NumberAt(Added, i), NumberAt(Removed, i), TextAt(Provenance, i), TextAt(Thumbnail, i),
            values.AsSpan(i * dimension, dimension).ToArray()))];

        string TextAt(string name, int i) => byName[name].Scalars.StringData.Data[i];

        long NumberAt(string name, int i) => byName[name].Scalars.LongData.Data[i];
    }

    public static byte[] Query(ReadOnlySpan<float> query) => MemoryMarshal.AsBytes(query).ToArray();

    public const int QueryType = FloatVector;

    static FieldSchema Text(string name, int maxBytes, Action<FieldSchema>? more = null)
    {
        var field = new FieldSchema
        {
            Name = name, DataType = VarChar, TypeParams = { IndexParameters.Pair("max_length", $"{maxBytes}") },
        };
        more?.Invoke(field);
        return field;
    }

    static FieldSchema Number(string name) => new() { Name = name, DataType = Int64 };

    static FieldData Texts(string name, IEnumerable<string> values) => new()
    {
        FieldName = name, Type = VarChar, Scalars = new() { StringData = new() { Data = { values } } },
    };

    static FieldData Numbers(string name, IEnumerable<long> values) => new()
    {
        FieldName = name, Type = Int64, Scalars = new() { LongData = new() { Data = { values } } },
    };
}
