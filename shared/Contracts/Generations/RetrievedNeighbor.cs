namespace RdmCloud.Contracts.Generations;

/// <summary>An image that shaped a picture.</summary>
/// <param name="Database">The database's id.</param>
/// <param name="Score">Cosine similarity to the query.</param>
/// <param name="Weight">The database's weight in the mixture, 0…1.</param>
/// <param name="Patch">x0, y0, x1, y1 in pixels where a part of the image was embedded.</param>
/// <param name="Embedding">For the network alone: null once the picture is drawn.</param>
public sealed record RetrievedNeighbor(
    string Database,
    long Version,
    string Image,
    float Score,
    double Weight,
    string? Title = null,
    string? Author = null,
    string? License = null,
    string? Source = null,
    int[]? Patch = null,
    byte[]? Embedding = null);
