using RdmCloud.Cli.Generate;

namespace RdmCloud.Cli.Databases;

/// <summary>What <c>rdm databases search --json</c> prints.</summary>
sealed record SearchReport(IReadOnlyList<NeighborRecord> Neighbors);
