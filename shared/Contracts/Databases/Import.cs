namespace RdmCloud.Contracts.Databases;

/// <summary>An import and how far it is.</summary>
/// <param name="Total">Images found in the source; null until they are counted.</param>
/// <param name="Done">Images that are searchable.</param>
/// <param name="Refused">Images that could not be used, the first hundred of them with the reason.</param>
/// <param name="Error">Why all of it failed.</param>
public sealed record Import(
    string Id,
    string Database,
    ImportStatus Status,
    long? Total,
    long Done,
    long RefusedCount,
    IReadOnlyList<RefusedImage> Refused,
    string? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt);
