namespace RdmCloud.VectorStore;

/// <summary>A row that a search found.</summary>
/// <param name="Row">Its number in the database, from 0; it never changes.</param>
/// <param name="Score">Cosine similarity to the query, -1 to 1; 0 where either is the zero vector.</param>
/// <param name="Embedding">As stored, not normalized.</param>
public sealed record Neighbor(long Row, float Score, ReadOnlyMemory<float> Embedding, Provenance Provenance);
