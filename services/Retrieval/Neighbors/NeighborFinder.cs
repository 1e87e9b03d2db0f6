using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Generations;
using RdmCloud.Retrieval.Catalog;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Mixing;

namespace RdmCloud.Retrieval.Neighbors;

/// <summary>The neighbors of a query among the databases that a tenant may search.</summary>
sealed class NeighborFinder(DatabaseCatalog catalog, SearchMeter meter)
{
    /// <exception cref="RefusedException">A database is not the tenant's to search, or a pinned image is nowhere.</exception>
    public async Task<IReadOnlyList<RetrievedNeighbor>> SearchAsync(
        string tenant, NeighborSearch search, CancellationToken cancellationToken)
    {
        if (search.K == 0 || search.Databases.Count == 0)
            return [];
        var chosen = new Dictionary<INeighborIndex, DatabaseChoice>();
        foreach (var choice in search.Databases)
            chosen[await OpenAsync(tenant, choice.Database, cancellationToken)] = choice;
        try
        {
            var mixer = new NeighborMixer([.. chosen
                .Select(pair => new WeightedDatabase(pair.Key, pair.Value.Weight, pair.Value.Version))]);
            var query = PackedEmbedding.Unpack(search.Query);
            var found = (await meter.MeasureAsync(
                mixer.SearchAsync([query], search.K, search.Pinned, search.Excluded, cancellationToken)))[0];
            var weights = chosen.Values.Sum(choice => choice.Weight);
            return [.. found.Select(mixed => Describe(mixed.Neighbor, chosen[mixed.Index], weights))];
        }
        catch (DatabaseException exception)
        {
            throw new RefusedException(exception.Message, inner: exception);
        }
    }

    async Task<INeighborIndex> OpenAsync(string tenant, string database, CancellationToken cancellationToken) =>
        await catalog.OpenAsync(tenant, database, cancellationToken)
        ?? throw new RefusedException($"There is no database '{database}'.", "databases");

    static RetrievedNeighbor Describe(Neighbor neighbor, DatabaseChoice choice, double weights)
    {
        var known = neighbor.Provenance;
        return new(
            choice.Database, choice.Version, known.ImageId, neighbor.Score, choice.Weight / weights,
            known.Title, known.Author, known.License, known.Source,
            known.Patch is { } patch ? [patch.X0, patch.Y0, patch.X1, patch.Y1] : null,
            PackedEmbedding.Pack(neighbor.Embedding.Span));
    }
}
