namespace RdmCloud.VectorStore.Embedded;

/// <summary>A row that was found good, as the files take it.</summary>
/// <param name="Vector">A row of the vector file.</param>
/// <param name="Record">The provenance as JSON.</param>
sealed record EncodedRow(string ImageId, byte[] Vector, float InverseNorm, byte[] Record, ReadOnlyMemory<byte> Thumbnail);
