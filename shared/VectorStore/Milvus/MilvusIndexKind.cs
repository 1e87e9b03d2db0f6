namespace RdmCloud.VectorStore.Milvus;

/// <summary>How Milvus finds neighbors without looking at every row.</summary>
public enum MilvusIndexKind
{
    /// <summary>It looks at every row: exact.</summary>
    Flat,

    /// <summary>A graph: the fastest search, the slowest to build, some 150 bytes more a row.</summary>
    Hnsw,

    /// <summary>Lists of rows in a byte a value: a quarter of the memory.</summary>
    IvfSq8,

    /// <summary>Lists of rows in half a byte a value, the best looked at again: for tens of millions.</summary>
    Scann,

    /// <summary>A graph on a disk: more rows than memory.</summary>
    DiskAnn,
}
