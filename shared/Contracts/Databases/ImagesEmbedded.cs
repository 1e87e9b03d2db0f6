namespace RdmCloud.Contracts.Databases;

/// <summary>A batch of an import is embedded and lies in the object store.</summary>
/// <param name="RowsKey">An <see cref="EmbeddedImages"/> as JSON.</param>
public sealed record ImagesEmbedded(string Tenant, string Database, string Import, int Batch, string RowsKey) : IImportStep;
