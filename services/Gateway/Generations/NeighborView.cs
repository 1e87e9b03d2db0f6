using RdmCloud.Contracts.Generations;

namespace RdmCloud.Gateway.Generations;

/// <param name="Score">Cosine similarity to the query.</param>
/// <param name="Weight">The database's part in the mixture.</param>
public sealed record NeighborView(
    int Rank, string Database, long Version, string Image, float Score, double Weight,
    string? Title, string? Author, string? License, string? Source, int[]? Patch, string ThumbnailUrl)
{
    public static NeighborView Of(RetrievedNeighbor neighbor, int rank) => new(
        rank, neighbor.Database, neighbor.Version, neighbor.Image, neighbor.Score, neighbor.Weight,
        neighbor.Title, neighbor.Author, neighbor.License, neighbor.Source, neighbor.Patch,
        $"/v1/databases/{Uri.EscapeDataString(neighbor.Database)}/images/{Uri.EscapeDataString(neighbor.Image)}/thumbnail");
}
