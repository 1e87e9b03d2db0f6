namespace RdmCloud.Contracts.Databases;

/// <summary>An import has completed or failed: its database has a new version, or a reason why not.</summary>
public sealed record ImportEnded(string Tenant, Import Import, long Version);
