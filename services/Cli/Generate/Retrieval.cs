using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Mixing;

namespace RdmCloud.Cli.Generate;

/// <summary>What a picture is drawn from: the query's embedding, where it is used, and the neighbors.</summary>
sealed record Retrieval(ReadOnlyMemory<float>? Query, string? QueryEntry, IReadOnlyList<MixedNeighbor> Neighbors)
{
    /// <exception cref="DatabaseException">Nothing was found, and there is no query either.</exception>
    public IReadOnlyList<ReadOnlyMemory<float>> Context => (Query, Neighbors) switch
    {
        (null, []) => throw new DatabaseException(
            "The databases hold no picture that may be used, so there is nothing to draw from."),
        (null, _) => [.. Neighbors.Select(neighbor => neighbor.Neighbor.Embedding)],
        ({ } query, _) => [query, .. Neighbors.Select(neighbor => neighbor.Neighbor.Embedding)],
    };
}
