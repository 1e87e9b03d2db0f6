using RdmCloud.Contracts.Databases;

namespace RdmCloud.Retrieval.Imports;

sealed class ImportEntry
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Database { get; init; }

    public ImportStatus Status { get; set; }

    /// <summary>Pictures in the source; null until it is listed.</summary>
    public long? Total { get; set; }

    /// <summary>Batches that the pictures were cut into; null until the source is listed.</summary>
    public int? Batches { get; set; }

    public string? Error { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; set; }
}
