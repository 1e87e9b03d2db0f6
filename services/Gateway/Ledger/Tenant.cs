namespace RdmCloud.Gateway.Ledger;

public sealed class Tenant
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    /// <summary>Its share of the workers, relative to the other tenants that wait. Above 0.</summary>
    public double Weight { get; set; } = 1;

    /// <summary>What it was given of them so far, divided by its weight: the least goes first.</summary>
    public double Served { get; set; }

    /// <summary>Jobs in the chain at once; null for the installation's default, as for all that follow.</summary>
    public int? MaxConcurrentJobs { get; set; }

    public int? MaxQueuedJobs { get; set; }

    public int? MaxImagesPerDay { get; set; }

    public int? MaxDatabases { get; set; }

    public long? MaxRows { get; set; }

    public int? RequestsPerMinute { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
