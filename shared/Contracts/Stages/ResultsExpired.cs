namespace RdmCloud.Contracts.Stages;

/// <summary>A job's pictures and its receipt are deleted.</summary>
public sealed record ResultsExpired(string Tenant, string Job);
