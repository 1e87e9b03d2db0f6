namespace RdmCloud.Contracts.Databases;

/// <param name="Name">Unique among the tenant's own; lower-case letters, digits and hyphens.</param>
public sealed record NewDatabase(
    string Name,
    string? Title,
    Visibility Visibility,
    string EmbeddingSpace,
    int Dimension,
    string? License,
    string? Attribution);
