using System.ComponentModel.DataAnnotations;

namespace RdmCloud.Gateway.Access;

/// <summary>Section <c>Quotas</c>: for tenants that have no settings of their own.</summary>
public sealed class QuotaOptions
{
    public const string Section = "Quotas";

    /// <summary>Jobs in the chain at once. [default: 1000]</summary>
    [Range(1, int.MaxValue)]
    public int MaxConcurrentJobs { get; set; } = 1000;

    /// <summary>Jobs that wait for their turn. [default: 10,000]</summary>
    [Range(1, int.MaxValue)]
    public int MaxQueuedJobs { get; set; } = 10_000;

    /// <summary>From midnight to midnight UTC. [default: 100,000]</summary>
    [Range(1, int.MaxValue)]
    public int MaxImagesPerDay { get; set; } = 100_000;

    /// <summary>A tenant's own databases. [default: 100]</summary>
    [Range(0, int.MaxValue)]
    public int MaxDatabases { get; set; } = 100;

    /// <summary>Rows in all of a tenant's own databases. [default: 1,000,000]</summary>
    [Range(0L, long.MaxValue)]
    public long MaxRows { get; set; } = 1_000_000;

    /// <summary>Requests of one key, or of a tenant without keys. [default: 3,000]</summary>
    [Range(1, int.MaxValue)]
    public int RequestsPerMinute { get; set; } = 3000;
}
