namespace RdmCloud.VectorStore;

/// <summary>An image database: CLIP embeddings with their provenance, searched by cosine similarity.</summary>
public interface INeighborIndex : IDisposable
{
    DatabaseInfo Info { get; }

    /// <summary>The number of rows that a search sees.</summary>
    long Count { get; }

    /// <summary>Appends rows: all of them become visible together at the end, or none.</summary>
    /// <param name="rows">Embeddings as CLIP gave them (not normalized), <see cref="DatabaseInfo.Dimension"/> finite values each.</param>
    /// <param name="progress">Told the number of rows taken so far.</param>
    /// <exception cref="DatabaseException">A row does not fit, another writer is at work, or the storage fails.</exception>
    Task AppendAsync(IAsyncEnumerable<DatabaseRow> rows, IProgress<long>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>The k rows nearest to each query by cosine similarity, best first, equal scores by row number.</summary>
    /// <param name="queries">[queries][dimension], of any length but zero; all share one pass over the rows.</param>
    /// <returns>One list for each query; shorter than k where the database holds fewer rows that pass the filter.</returns>
    /// <exception cref="DatabaseException">A query has another dimension or values that are not finite.</exception>
    Task<IReadOnlyList<Neighbor>[]> SearchAsync(IReadOnlyList<ReadOnlyMemory<float>> queries, int k,
        NeighborFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>One row with its thumbnail.</summary>
    /// <exception cref="DatabaseException">There is no such row.</exception>
    Task<DatabaseRow> GetAsync(long row, CancellationToken cancellationToken = default);
}
