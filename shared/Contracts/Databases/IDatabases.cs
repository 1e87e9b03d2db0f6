using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Databases;

/// <summary>
/// The image databases, as a tenant sees them: its own and the public ones. To a tenant another's private database does not
/// exist; what it may not see is null, and what it may not change is refused.
/// </summary>
public interface IDatabases
{
    /// <exception cref="RefusedException">The name is taken or not valid.</exception>
    Task<Database> CreateAsync(string tenant, NewDatabase database, CancellationToken cancellationToken);

    Task<Database?> FindAsync(string tenant, string database, CancellationToken cancellationToken);

    Task<Page<Database>> ListAsync(string tenant, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes the database and everything in it. False where the tenant has no such database of its own.</summary>
    Task<bool> DeleteAsync(string tenant, string database, CancellationToken cancellationToken);

    Task<IReadOnlyList<DatabaseVersion>?> VersionsAsync(string tenant, string database, CancellationToken cancellationToken);

    /// <summary>Starts an import of objects that lie in the object store.</summary>
    /// <returns>Null where the tenant has no such database of its own.</returns>
    Task<Import?> ImportAsync(
        string tenant, string database, string import, ImportSource source, CancellationToken cancellationToken);

    Task<Import?> FindImportAsync(string tenant, string database, string import, CancellationToken cancellationToken);

    Task<Page<Import>?> ListImportsAsync(
        string tenant, string database, string? cursor, int limit, CancellationToken cancellationToken);

    Task<Page<DatabaseImage>?> ListImagesAsync(
        string tenant, string database, long? version, string? cursor, int limit, CancellationToken cancellationToken);

    Task<DatabaseImage?> FindImageAsync(string tenant, string database, string image, CancellationToken cancellationToken);

    Task<Thumbnail?> FindThumbnailAsync(string tenant, string database, string image, CancellationToken cancellationToken);

    /// <summary>Removes an image as of the next version; with <paramref name="purge"/> from every version, for good.</summary>
    /// <returns>The database's version then; null where the tenant has no such image of its own.</returns>
    Task<long?> DeleteImageAsync(string tenant, string database, string image, bool purge, CancellationToken cancellationToken);

    /// <summary>The neighbors of a query, with embeddings.</summary>
    /// <exception cref="RefusedException">A database is not the tenant's to search, or a pinned image is nowhere.</exception>
    Task<IReadOnlyList<RetrievedNeighbor>> SearchAsync(string tenant, NeighborSearch search, CancellationToken cancellationToken);

    /// <summary>The rows that a tenant's own databases hold, for its quota.</summary>
    Task<DatabaseUsage> UsageAsync(string tenant, CancellationToken cancellationToken);
}
