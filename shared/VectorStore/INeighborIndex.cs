namespace RdmCloud.VectorStore;

/// <summary>
/// An image database: CLIP embeddings with their provenance, searched by cosine similarity. A version of it is a number: each
/// change makes the next one, and every version stays searchable as it was, but for rows that were purged.
/// </summary>
public interface INeighborIndex : IDisposable
{
    DatabaseInfo Info { get; }

    /// <summary>The number of rows that a search of the latest version sees.</summary>
    long Count { get; }

    /// <summary>The latest version: 0 for a new database, one more with each change that added or removed rows.</summary>
    long Version { get; }

    /// <summary>All versions, the first one first.</summary>
    IReadOnlyList<DatabaseVersion> Versions { get; }

    /// <summary>Appends rows: all of them become visible together at the end, or none.</summary>
    /// <param name="rows">
    /// Embeddings as CLIP gave them (not normalized), <see cref="DatabaseInfo.Dimension"/> finite values each.
    /// </param>
    /// <param name="progress">Told the number of rows taken so far.</param>
    /// <returns>The new version; the old one if there were no rows.</returns>
    /// <exception cref="DatabaseException">A row does not fit, another writer is at work, or the storage fails.</exception>
    Task<long> AppendAsync(
        IAsyncEnumerable<DatabaseRow> rows, IProgress<long>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends images or replaces them, all in one version: an image's rows take the place of those that the latest version
    /// has of it. An image whose embeddings and provenance are there already stays as it is, so that doing it twice does no more.
    /// </summary>
    /// <param name="rows">
    /// The rows of an image one after the other. An image that comes again in the same way is passed over.
    /// </param>
    /// <param name="progress">Told the number of rows taken so far.</param>
    /// <returns>The new version; the old one if nothing changed.</returns>
    /// <exception cref="DatabaseException">As for an append, or an image comes twice with different rows.</exception>
    Task<long> UpsertAsync(
        IAsyncEnumerable<DatabaseRow> rows, IProgress<long>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Removes the rows of these images from the next version on. Earlier versions keep them.</summary>
    /// <exception cref="DatabaseException">Another writer is at work, or the storage fails.</exception>
    Task<Removal> RemoveAsync(IReadOnlyCollection<string> imageIds, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the rows of these images from every version and overwrites what is stored of them. A purge that was cut
    /// short hides them all the same; this call, repeated, or the next change overwrites the rest.
    /// </summary>
    /// <exception cref="DatabaseException">Another writer is at work, or the storage fails.</exception>
    Task<Removal> PurgeAsync(IReadOnlyCollection<string> imageIds, CancellationToken cancellationToken = default);

    /// <summary>The k rows nearest to each query by cosine similarity, best first, equal scores by row number.</summary>
    /// <param name="queries">[queries][dimension], of any length but zero; all share one pass over the rows.</param>
    /// <returns>One list for each query; shorter than k where the database holds fewer rows that pass the filter.</returns>
    /// <exception cref="DatabaseException">
    /// A query has another dimension or values that are not finite, or there is no such version.
    /// </exception>
    Task<IReadOnlyList<Neighbor>[]> SearchAsync(IReadOnlyList<ReadOnlyMemory<float>> queries, int k,
        NeighborFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>One row with its thumbnail, whichever version it is of.</summary>
    /// <exception cref="DatabaseException">There is no such row, or it was purged.</exception>
    Task<DatabaseRow> GetAsync(long row, CancellationToken cancellationToken = default);

    /// <summary>The rows of a version in ascending order, page by page.</summary>
    /// <param name="version">Null for the latest.</param>
    /// <param name="afterRow">The last row of the page before; -1 for the first page.</param>
    /// <param name="limit">The most rows to return, from 0.</param>
    /// <exception cref="DatabaseException">There is no such version.</exception>
    Task<IReadOnlyList<ListedRow>> ListAsync(
        long? version, long afterRow, int limit, CancellationToken cancellationToken = default);

    /// <summary>The rows that a version has of an image, in ascending order.</summary>
    /// <param name="version">Null for the latest.</param>
    /// <exception cref="DatabaseException">There is no such version.</exception>
    Task<IReadOnlyList<ListedRow>> FindAsync(string imageId, long? version = null, CancellationToken cancellationToken = default);

    /// <summary>Looks for what others changed since this index was opened or last refreshed. Cheap where nothing did.</summary>
    /// <returns>The latest version.</returns>
    /// <exception cref="DatabaseException">The database is damaged.</exception>
    Task<long> RefreshAsync(CancellationToken cancellationToken = default);
}
