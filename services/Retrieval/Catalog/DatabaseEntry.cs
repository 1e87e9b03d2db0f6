using RdmCloud.Contracts.Databases;
using RdmCloud.VectorStore;

namespace RdmCloud.Retrieval.Catalog;

/// <summary>A tenant's database; its rows are in its index.</summary>
sealed class DatabaseEntry
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Name { get; init; }

    public string? Title { get; init; }

    public required Visibility Visibility { get; init; }

    public required string EmbeddingSpace { get; init; }

    public required int Dimension { get; init; }

    public string? License { get; init; }

    public string? Attribution { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DatabaseInfo ToInfo() => new()
    {
        Name = Name,
        Title = Title,
        EmbeddingSpace = EmbeddingSpace,
        Dimension = Dimension,
        License = License,
        Attribution = Attribution,
        Created = CreatedAt,
    };
}
