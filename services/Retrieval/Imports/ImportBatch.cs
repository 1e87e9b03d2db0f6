namespace RdmCloud.Retrieval.Imports;

/// <summary>A batch that is in its database: one line each, so that a message that comes twice counts once.</summary>
sealed class ImportBatch
{
    /// <summary>The batch of what was refused before anything was embedded.</summary>
    public const int Listing = -1;

    public required string Import { get; init; }

    public required int Batch { get; init; }

    public required long Done { get; init; }

    public required int RefusedCount { get; init; }

    /// <summary>As JSON, the first hundred.</summary>
    public required string Refused { get; init; }
}
