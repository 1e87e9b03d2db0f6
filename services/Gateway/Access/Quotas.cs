using Microsoft.Extensions.Options;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Access;

/// <summary>What a tenant may take, by its own settings or else the installation's.</summary>
public sealed class Quotas(IOptions<QuotaOptions> options)
{
    public int ConcurrentJobs(Tenant tenant) => tenant.MaxConcurrentJobs ?? options.Value.MaxConcurrentJobs;

    public int QueuedJobs(Tenant tenant) => tenant.MaxQueuedJobs ?? options.Value.MaxQueuedJobs;

    public int ImagesPerDay(Tenant tenant) => tenant.MaxImagesPerDay ?? options.Value.MaxImagesPerDay;

    public int Databases(Tenant tenant) => tenant.MaxDatabases ?? options.Value.MaxDatabases;

    public long Rows(Tenant tenant) => tenant.MaxRows ?? options.Value.MaxRows;

    public int RequestsPerMinute(Tenant tenant) => tenant.RequestsPerMinute ?? options.Value.RequestsPerMinute;
}
