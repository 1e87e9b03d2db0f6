using System.ComponentModel;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Admin;

/// <summary>What is set of a tenant; what is left out stays as it is.</summary>
public sealed record TenantSettings
{
    public string? Name { get; init; }

    [Description("Its share of the workers, relative to the other tenants that wait.")]
    public double? Weight { get; init; }

    public int? MaxConcurrentJobs { get; init; }

    public int? MaxQueuedJobs { get; init; }

    public int? MaxImagesPerDay { get; init; }

    public int? MaxDatabases { get; init; }

    public long? MaxRows { get; init; }

    public int? RequestsPerMinute { get; init; }

    /// <exception cref="ValidationException">A field is not valid.</exception>
    internal void Check()
    {
        var problems = new Problems();
        problems.Require(Weight is null or > 0 and <= 1e6, "weight", "It must be above 0 and at most 1000000.");
        problems.Require(MaxConcurrentJobs is null or >= 1, "max_concurrent_jobs", "It must be 1 at least.");
        problems.Require(MaxQueuedJobs is null or >= 0, "max_queued_jobs", "It cannot be negative.");
        problems.Require(MaxImagesPerDay is null or >= 0, "max_images_per_day", "It cannot be negative.");
        problems.Require(MaxDatabases is null or >= 0, "max_databases", "It cannot be negative.");
        problems.Require(MaxRows is null or >= 0, "max_rows", "It cannot be negative.");
        problems.Require(RequestsPerMinute is null or >= 1, "requests_per_minute", "It must be 1 at least.");
        if (problems.Any)
            throw problems.ToException();
    }

    internal void ApplyTo(Tenant tenant)
    {
        tenant.Name = Name ?? tenant.Name;
        tenant.Weight = Weight ?? tenant.Weight;
        tenant.MaxConcurrentJobs = MaxConcurrentJobs ?? tenant.MaxConcurrentJobs;
        tenant.MaxQueuedJobs = MaxQueuedJobs ?? tenant.MaxQueuedJobs;
        tenant.MaxImagesPerDay = MaxImagesPerDay ?? tenant.MaxImagesPerDay;
        tenant.MaxDatabases = MaxDatabases ?? tenant.MaxDatabases;
        tenant.MaxRows = MaxRows ?? tenant.MaxRows;
        tenant.RequestsPerMinute = RequestsPerMinute ?? tenant.RequestsPerMinute;
    }
}
