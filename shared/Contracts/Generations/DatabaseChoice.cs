namespace RdmCloud.Contracts.Generations;

/// <param name="Database">The database's id.</param>
/// <param name="Weight">Its part of the neighbors, relative to the other weights; above 0.</param>
/// <param name="Version">The version to search; fixed when the job is accepted.</param>
public sealed record DatabaseChoice(string Database, double Weight, long Version);
