using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Mixing;

namespace RdmCloud.Cli.Generate;

/// <summary>A neighbor as JSON tells it.</summary>
sealed record NeighborRecord(
    string Database, string Id, double Score, string? Title, string? Author, string? License, string? Source, Patch? Patch)
{
    public static NeighborRecord Of(MixedNeighbor mixed) => Of(mixed.Index, mixed.Neighbor);

    public static NeighborRecord Of(INeighborIndex index, Neighbor neighbor)
    {
        var from = neighbor.Provenance;
        return new(
            index.Info.Name, from.ImageId, Math.Round(neighbor.Score, 4),
            from.Title, from.Author, from.License, from.Source, from.Patch);
    }
}
