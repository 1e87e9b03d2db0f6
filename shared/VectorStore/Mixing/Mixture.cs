namespace RdmCloud.VectorStore.Mixing;

/// <summary>The neighbors of one query while they are gathered, database by database.</summary>
sealed class Mixture
{
    readonly List<MixedNeighbor> pinned = [], found = [];

    public void Pin(MixedNeighbor neighbor) => pinned.Add(neighbor);

    /// <summary>The neighbors whose image no other database gave, each (image, patch) once.</summary>
    public IEnumerable<Neighbor> Fresh(INeighborIndex index, IReadOnlyList<Neighbor> neighbors)
    {
        var elsewhere = found.Where(taken => taken.Index != index).Select(taken => taken.Neighbor.Provenance.ImageId).ToHashSet();
        return neighbors
            .Where(neighbor => !elsewhere.Contains(neighbor.Provenance.ImageId))
            .DistinctBy(neighbor => (neighbor.Provenance.ImageId, neighbor.Provenance.Patch));
    }

    public void Add(INeighborIndex index, IEnumerable<Neighbor> neighbors) =>
        found.AddRange(neighbors.Select(neighbor => new MixedNeighbor(index, neighbor)));

    /// <summary>Best first; OrderBy is stable, so equal scores stay in the order of databases and rows.</summary>
    public IReadOnlyList<MixedNeighbor> ToList() => [.. pinned, .. found.OrderByDescending(taken => taken.Neighbor.Score)];
}
