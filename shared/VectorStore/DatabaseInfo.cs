namespace RdmCloud.VectorStore;

/// <summary>What a database says of itself; fixed when it is created.</summary>
public sealed record DatabaseInfo
{
    public const int MaxDimension = 1 << 16;

    /// <summary>The short name by which it is chosen.</summary>
    public required string Name { get; init; }

    public string? Title { get; init; }

    /// <summary>The CLIP model whose embeddings it holds: an id or a hash. Queries must come from the same model.</summary>
    public required string EmbeddingSpace { get; init; }

    public required int Dimension { get; init; }

    public ElementType ElementType { get; init; } = ElementType.Float16;

    public string? License { get; init; }

    public string? Attribution { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <exception cref="DatabaseException">A field is missing or out of its range.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Name))
            throw new DatabaseException("A database needs a name.");
        if (string.IsNullOrWhiteSpace(EmbeddingSpace))
            throw new DatabaseException($"Database '{Name}' does not say which CLIP model its embeddings come from.");
        if (Dimension is < 1 or > MaxDimension)
            throw new DatabaseException($"Database '{Name}' has dimension {Dimension}; it must be 1 to {MaxDimension}.");
        if (!Enum.IsDefined(ElementType))
            throw new DatabaseException($"Database '{Name}' has an unknown element type; float16 and float32 are known.");
    }
}
