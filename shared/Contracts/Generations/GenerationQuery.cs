namespace RdmCloud.Contracts.Generations;

/// <summary>What to draw: one of a text, a picture or an embedding.</summary>
/// <param name="ImageKey">The picture's key in the object store.</param>
/// <param name="Vector">An <see cref="PackedEmbedding"/> of the model's own CLIP.</param>
public sealed record GenerationQuery(string? Text = null, string? ImageKey = null, byte[]? Vector = null);
