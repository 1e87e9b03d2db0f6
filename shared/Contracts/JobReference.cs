namespace RdmCloud.Contracts;

/// <summary>What every message of a job says of it.</summary>
/// <param name="Job">The job's id, unique over all tenants.</param>
/// <param name="Attempt">1 for the first walk through the chain; one more each time the ledger sends the job again.</param>
/// <param name="TraceParent">W3C trace context of the request that submitted the job.</param>
public sealed record JobReference(string Tenant, string Job, int Attempt, string? TraceParent = null);
