using RdmCloud.Contracts.Generations;

namespace RdmCloud.Storage.Results;

/// <param name="Rank">0 for the nearest.</param>
public sealed record ManifestNeighbor(
    int Rank, string Database, long Version, string Image, float Score, double Weight,
    string? Title, string? Author, string? License, string? Source, int[]? Patch)
{
    public static ManifestNeighbor Of(RetrievedNeighbor neighbor, int rank) => new(
        rank, neighbor.Database, neighbor.Version, neighbor.Image, neighbor.Score, neighbor.Weight,
        neighbor.Title, neighbor.Author, neighbor.License, neighbor.Source, neighbor.Patch);
}
