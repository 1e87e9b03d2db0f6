using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Databases;

/// <param name="Query">An <see cref="PackedEmbedding"/>.</param>
/// <param name="K">0…200.</param>
/// <param name="Pinned">Ids of images that must be among the neighbors; they count toward <paramref name="K"/>.</param>
public sealed record NeighborSearch(
    byte[] Query, IReadOnlyList<DatabaseChoice> Databases, int K, IReadOnlyList<string> Pinned, IReadOnlyList<string> Excluded);
