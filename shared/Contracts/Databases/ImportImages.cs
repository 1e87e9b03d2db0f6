namespace RdmCloud.Contracts.Databases;

/// <summary>Asks for an import: its source is listed and cut into batches.</summary>
public sealed record ImportImages(string Tenant, string Database, string Import, ImportSource Source, string? TraceParent = null)
    : IImportStep;
