using RdmCloud.Gateway.Generations;

namespace RdmCloud.Gateway.Retrievals;

/// <param name="Truncated">The prompt was longer than the model reads.</param>
public sealed record RetrievalView(
    string Model, IReadOnlyList<DatabaseView> Databases, IReadOnlyList<NeighborView> Neighbors, bool Truncated,
    double Milliseconds);
