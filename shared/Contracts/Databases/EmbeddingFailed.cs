namespace RdmCloud.Contracts.Databases;

/// <summary>A batch of an import cannot be embedded, and neither can the rest.</summary>
public sealed record EmbeddingFailed(string Tenant, string Database, string Import, int Batch, string Reason) : IImportStep;
