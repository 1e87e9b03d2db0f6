using MassTransit;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Generations;
using RdmCloud.Retrieval.Catalog;
using RdmCloud.Retrieval.Images;
using RdmCloud.Retrieval.Imports;
using RdmCloud.Retrieval.Neighbors;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Retrieval;

/// <inheritdoc cref="IDatabases"/>
sealed class TenantDatabases(
    DatabaseCatalog catalog, ImageCatalog images, ImportLedger imports, NeighborFinder finder, IBus bus) : IDatabases
{
    public Task<Database> CreateAsync(string tenant, NewDatabase database, CancellationToken cancellationToken) =>
        catalog.CreateAsync(tenant, database, cancellationToken);

    public Task<Database?> FindAsync(string tenant, string database, CancellationToken cancellationToken) =>
        catalog.FindAsync(tenant, database, cancellationToken);

    public Task<Page<Database>> ListAsync(string tenant, string? cursor, int limit, CancellationToken cancellationToken) =>
        catalog.ListAsync(tenant, cursor, limit, cancellationToken);

    public Task<bool> DeleteAsync(string tenant, string database, CancellationToken cancellationToken) =>
        catalog.DeleteAsync(tenant, database, cancellationToken);

    public async Task<IReadOnlyList<DatabaseVersion>?> VersionsAsync(
        string tenant, string database, CancellationToken cancellationToken) =>
        await catalog.OpenAsync(tenant, database, cancellationToken) is { } index
            ? [.. index.Versions
                .Select(version => new DatabaseVersion(version.Version, version.Created, version.Added, version.Removed))]
            : null;

    public async Task<Import?> ImportAsync(
        string tenant, string database, string import, ImportSource source, CancellationToken cancellationToken)
    {
        if (!await catalog.OwnsAsync(tenant, database, cancellationToken))
            return null;
        var started = await imports.StartAsync(tenant, database, import, cancellationToken);
        await bus.SendToAsync(ImportQueues.ImportImages, new ImportImages(tenant, database, import, source), cancellationToken);
        return started;
    }

    public async Task<Import?> FindImportAsync(
        string tenant, string database, string import, CancellationToken cancellationToken) =>
        await catalog.OwnsAsync(tenant, database, cancellationToken)
        && await imports.FindAsync(import, cancellationToken) is { } found && found.Database == database
            ? found
            : null;

    public async Task<Page<Import>?> ListImportsAsync(
        string tenant, string database, string? cursor, int limit, CancellationToken cancellationToken) =>
        await catalog.OwnsAsync(tenant, database, cancellationToken)
            ? await imports.ListAsync(database, cursor, limit, cancellationToken)
            : null;

    public Task<Page<DatabaseImage>?> ListImagesAsync(
        string tenant, string database, long? version, string? cursor, int limit, CancellationToken cancellationToken) =>
        images.ListAsync(tenant, database, version, cursor, limit, cancellationToken);

    public Task<DatabaseImage?> FindImageAsync(
        string tenant, string database, string image, CancellationToken cancellationToken) =>
        images.FindAsync(tenant, database, image, cancellationToken);

    public Task<Thumbnail?> FindThumbnailAsync(
        string tenant, string database, string image, CancellationToken cancellationToken) =>
        images.FindThumbnailAsync(tenant, database, image, cancellationToken);

    public Task<long?> DeleteImageAsync(
        string tenant, string database, string image, bool purge, CancellationToken cancellationToken) =>
        images.DeleteAsync(tenant, database, image, purge, cancellationToken);

    public Task<IReadOnlyList<RetrievedNeighbor>> SearchAsync(
        string tenant, NeighborSearch search, CancellationToken cancellationToken) =>
        finder.SearchAsync(tenant, search, cancellationToken);

    public Task<DatabaseUsage> UsageAsync(string tenant, CancellationToken cancellationToken) =>
        catalog.UsageAsync(tenant, cancellationToken);
}
