namespace RdmCloud.Contracts.Models;

/// <param name="Vector">An <see cref="PackedEmbedding"/>.</param>
/// <param name="Truncated">The text was longer than the model reads.</param>
public sealed record EmbeddedQuery(byte[] Vector, bool Truncated);
