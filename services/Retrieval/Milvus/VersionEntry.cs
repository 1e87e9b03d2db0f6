namespace RdmCloud.Retrieval.Milvus;

/// <summary>One version of a database whose rows are in Milvus.</summary>
sealed class VersionEntry
{
    public required string Database { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required long Added { get; init; }

    public required long Removed { get; init; }
}
