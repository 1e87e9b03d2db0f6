namespace RdmCloud.VectorStore.Mixing;

/// <summary>Chooses the neighbors of a picture from several databases at once.</summary>
public sealed class NeighborMixer
{
    readonly IReadOnlyList<WeightedDatabase> databases;

    /// <exception cref="DatabaseException">
    /// The databases' embeddings come from different CLIP models, or the weights divide nothing.
    /// </exception>
    public NeighborMixer(IReadOnlyList<WeightedDatabase> databases)
    {
        this.databases = databases;
        _ = LargestRemainder.Divide(0, Weights);
        var first = databases[0].Index.Info;
        foreach (var other in databases.Select(database => database.Index.Info))
            if (other.EmbeddingSpace != first.EmbeddingSpace || other.Dimension != first.Dimension)
                throw new DatabaseException($"Databases '{first.Name}' and '{other.Name}' cannot be mixed: "
                    + $"their embeddings come from different CLIP models, "
                    + $"'{first.EmbeddingSpace}' with {first.Dimension} values "
                    + $"and '{other.EmbeddingSpace}' with {other.Dimension}.");
    }

    double[] Weights => [.. databases.Select(database => database.Weight)];

    /// <summary>
    /// Up to k neighbors for each query: the pinned images first, in their order, each by its row that is nearest to the
    /// query; then the nearest ones of each database, as many as its weight gives it, best first. An image that two databases
    /// hold, or one row that a database holds twice, is taken once; other patches of an image are neighbors of their own.
    /// A database with fewer rows than its part gives what it has.
    /// </summary>
    /// <param name="pinned">Image ids; they count toward k.</param>
    /// <param name="excluded">Image ids that must not appear.</param>
    /// <exception cref="DatabaseException">
    /// No database holds a pinned image, it is excluded too, or more are pinned than k.
    /// </exception>
    public async Task<IReadOnlyList<MixedNeighbor>[]> SearchAsync(IReadOnlyList<ReadOnlyMemory<float>> queries, int k,
        IReadOnlyCollection<string>? pinned = null, IReadOnlyCollection<string>? excluded = null,
        CancellationToken cancellationToken = default)
    {
        pinned = [.. (pinned ?? []).Distinct()];
        excluded ??= [];
        if (pinned.Intersect(excluded).FirstOrDefault() is { } both)
            throw new DatabaseException($"Image '{both}' is both pinned and excluded. Choose one.");
        if (pinned.Count > k)
            throw new DatabaseException(
                $"{pinned.Count} images are pinned, but only {k} neighbors are wanted. Pin fewer or raise k.");

        var mixtures = Array.ConvertAll(new Mixture[queries.Count], _ => new Mixture());
        foreach (var imageId in pinned)
            await PinAsync(queries, imageId, mixtures, cancellationToken);
        string[] except = [.. pinned, .. excluded];
        var parts = LargestRemainder.Divide(k - pinned.Count, Weights);
        foreach (var (database, part) in databases.Zip(parts))
        {
            var filter = new NeighborFilter(Except: except, Version: database.Version);
            await AddAsync(database.Index, queries, part, filter, mixtures, cancellationToken);
        }
        return Array.ConvertAll(mixtures, mixture => mixture.ToList());
    }

    async Task PinAsync(
        IReadOnlyList<ReadOnlyMemory<float>> queries, string imageId, Mixture[] mixtures, CancellationToken cancellationToken)
    {
        var best = new MixedNeighbor?[queries.Count];
        foreach (var (index, _, version) in databases)
        {
            var found = await index.SearchAsync(queries, 1, new(Only: [imageId], Version: version), cancellationToken);
            for (var q = 0; q < best.Length; q++)
                if (found[q] is [var neighbor] && !(best[q]?.Neighbor.Score >= neighbor.Score))
                    best[q] = new(index, neighbor);
        }
        for (var q = 0; q < best.Length; q++)
            mixtures[q].Pin(best[q] ?? throw new DatabaseException($"Image '{imageId}' is pinned, but none of the databases "
                + $"{string.Join(", ", databases.Select(database => $"'{database.Index.Info.Name}'"))} holds it."));
    }

    /// <summary>Asks for more than the part as long as what came back shrinks by duplicates.</summary>
    static async Task AddAsync(
        INeighborIndex index, IReadOnlyList<ReadOnlyMemory<float>> queries, int part, NeighborFilter filter,
        Mixture[] mixtures, CancellationToken cancellationToken)
    {
        if (part == 0)
            return;
        for (long wanted = part; ; wanted *= 2)
        {
            var found = await index.SearchAsync(queries, (int)Math.Min(wanted, int.MaxValue), filter, cancellationToken);
            var fresh = found
                .Zip(mixtures, (neighbors, mixture) => mixture.Fresh(index, neighbors).Take(part).ToList()).ToArray();
            if (fresh.Zip(found).Any(pair => pair.First.Count < part && pair.Second.Count == wanted))
                continue;
            foreach (var (mixture, neighbors) in mixtures.Zip(fresh))
                mixture.Add(index, neighbors);
            return;
        }
    }
}
