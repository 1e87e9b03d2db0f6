namespace RdmCloud.VectorStore;

/// <param name="Embedding">As CLIP gave it, not normalized.</param>
/// <param name="Thumbnail">A small PNG or JPEG file, or empty.</param>
public sealed record DatabaseRow(
    ReadOnlyMemory<float> Embedding, Provenance Provenance, ReadOnlyMemory<byte> Thumbnail = default);
