using RdmCloud.VectorStore.Milvus.Client;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>What Milvus is told of an index when it is built and when it is searched.</summary>
/// <remarks>Recall@20 ≥ 0.95 over CLIP embeddings is what the values aim at; docs/benchmarks.md says what they reach.</remarks>
static class IndexParameters
{
    public static IEnumerable<Parameter> ForBuilding(MilvusIndexKind kind) =>
    [
        Pair("index_type", kind switch
        {
            MilvusIndexKind.Flat => "FLAT",
            MilvusIndexKind.Hnsw => "HNSW",
            MilvusIndexKind.IvfSq8 => "IVF_SQ8",
            MilvusIndexKind.Scann => "SCANN",
            _ => "DISKANN",
        }),
        Pair("metric_type", "COSINE"),
        Pair("params", kind switch
        {
            MilvusIndexKind.Hnsw => """{"M":16,"efConstruction":200}""",
            MilvusIndexKind.IvfSq8 or MilvusIndexKind.Scann => """{"nlist":1024}""",
            _ => "{}",
        }),
    ];

    public static IEnumerable<Parameter> ForSearching(MilvusIndexKind kind, int k) =>
    [
        Pair("anns_field", RowColumns.Embedding),
        Pair("topk", $"{k}"),
        Pair("metric_type", "COSINE"),
        Pair("round_decimal", "-1"),
        Pair("params", kind switch
        {
            MilvusIndexKind.Hnsw => $$"""{"ef":{{Math.Max(128, 2 * k)}}}""",
            MilvusIndexKind.IvfSq8 => """{"nprobe":64}""",
            MilvusIndexKind.Scann => $$"""{"nprobe":64,"reorder_k":{{10 * k}}}""",
            MilvusIndexKind.DiskAnn => $$"""{"search_list":{{Math.Max(100, 2 * k)}}}""",
            _ => "{}",
        }),
    ];

    public static Parameter Pair(string key, string value) => new() { Key = key, Value = value };
}
