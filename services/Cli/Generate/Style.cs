using RdmCloud.VectorStore.Mixing;

namespace RdmCloud.Cli.Generate;

/// <summary>One database, or several that are mixed.</summary>
sealed record Style(string Label, IReadOnlyList<WeightedDatabase> Databases);
