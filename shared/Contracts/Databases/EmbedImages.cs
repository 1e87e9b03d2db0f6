namespace RdmCloud.Contracts.Databases;

/// <summary>Asks for the embeddings of a few images of an import.</summary>
/// <param name="Batch">The batch's number in its import.</param>
/// <param name="RowsKey">Where the embedded images go: an <see cref="EmbeddedImages"/> as JSON, the same bytes each time.</param>
public sealed record EmbedImages(
    string Tenant, string Database, string Import, int Batch, string Model, IReadOnlyList<ImageToEmbed> Images, string RowsKey,
    string? TraceParent = null);
