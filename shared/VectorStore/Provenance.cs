namespace RdmCloud.VectorStore;

/// <summary>Where an embedding comes from.</summary>
/// <param name="ImageId">Names the image; several rows share it where they are patches of one image.</param>
/// <param name="Source">The address or path of the original.</param>
/// <param name="Patch">The part of the image that was embedded, or null for the whole.</param>
public sealed record Provenance(
    string ImageId,
    string? Source = null,
    string? Title = null,
    string? Author = null,
    string? License = null,
    Patch? Patch = null);
