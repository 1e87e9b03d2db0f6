namespace RdmCloud.Contracts.Databases;

/// <param name="Embedding">An <see cref="PackedEmbedding"/>.</param>
/// <param name="Thumbnail">A small PNG file.</param>
public sealed record EmbeddedImage(DatabaseImage Image, byte[] Embedding, byte[] Thumbnail);
