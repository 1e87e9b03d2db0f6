namespace RdmCloud.Cli.Bench.Arrivals;

/// <param name="Share">How many of the arrivals are its own, relative to the others'.</param>
/// <param name="Weight">Its weight in the installation's fair share.</param>
sealed record TenantShare(string Name, double Share = 1, double Weight = 1);
