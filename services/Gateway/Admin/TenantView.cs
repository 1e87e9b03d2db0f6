using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Admin;

/// <summary>A tenant; a quota that is left out is the installation's default.</summary>
public sealed record TenantView(
    string Id, string Name, double Weight, int? MaxConcurrentJobs, int? MaxQueuedJobs, int? MaxImagesPerDay,
    int? MaxDatabases, long? MaxRows, int? RequestsPerMinute, DateTimeOffset CreatedAt)
{
    public static TenantView Of(Tenant tenant) => new(
        tenant.Id, tenant.Name, tenant.Weight, tenant.MaxConcurrentJobs, tenant.MaxQueuedJobs, tenant.MaxImagesPerDay,
        tenant.MaxDatabases, tenant.MaxRows, tenant.RequestsPerMinute, tenant.CreatedAt);
}
