namespace RdmCloud.Contracts.Stages;

/// <summary>Asks for all that a job has left in the object store to be deleted.</summary>
public sealed record DeleteResults(string Tenant, string Job);
