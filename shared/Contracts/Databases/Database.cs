namespace RdmCloud.Contracts.Databases;

/// <summary>An image database as its tenant, or everyone, sees it.</summary>
/// <param name="Tenant">Its owner, where that is the tenant who looks; null for the public ones of others.</param>
/// <param name="Version">The latest; it grows with every import and deletion.</param>
/// <param name="Images">Visible at the latest version.</param>
public sealed record Database(
    string Id,
    string? Tenant,
    string Name,
    string? Title,
    Visibility Visibility,
    string EmbeddingSpace,
    int Dimension,
    string? License,
    string? Attribution,
    long Version,
    long Images,
    DateTimeOffset CreatedAt);
