using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Generations;

namespace RdmCloud.Gateway.Support;

/// <summary>One public database, one of tenant-a's own, and one of another CLIP.</summary>
sealed class FakeDatabases : IDatabases
{
    static readonly Database[] all =
    [
        Of("fluent-3d", null, Visibility.Public, "clip-a", version: 1),
        Of("db_own", "tenant-a", Visibility.Private, "clip-a", version: 7),
        Of("db_other_clip", null, Visibility.Public, "clip-b", version: 1),
    ];

    public Task<Database> CreateAsync(string tenant, NewDatabase database, CancellationToken cancellationToken) =>
        database.Name == "taken"
            ? throw new RefusedException("There is a database of that name.", "name")
            : Task.FromResult(Of("db_new", tenant, database.Visibility, database.EmbeddingSpace, 0));

    public Task<Database?> FindAsync(string tenant, string database, CancellationToken cancellationToken) =>
        Task.FromResult(all.FirstOrDefault(known =>
            known.Id == database && (known.Visibility == Visibility.Public || known.Tenant == tenant)));

    public Task<Page<Database>> ListAsync(string tenant, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<Database>(
            [.. all.Where(known => known.Visibility == Visibility.Public || known.Tenant == tenant)], null));

    public Task<bool> DeleteAsync(string tenant, string database, CancellationToken cancellationToken) =>
        Task.FromResult(all.Any(known => known.Id == database && known.Tenant == tenant));

    public Task<IReadOnlyList<DatabaseVersion>?> VersionsAsync(
        string tenant, string database, CancellationToken cancellationToken) =>
        database switch
        {
            "db_unreachable" => throw new HttpRequestException("Connection refused (10.1.2.3:80)"),
            "db_slow" => throw new TaskCanceledException("It took too long.", new TimeoutException()),
            _ => Task.FromResult<IReadOnlyList<DatabaseVersion>?>(null),
        };

    public Task<Import?> ImportAsync(
        string tenant, string database, string import, ImportSource source, CancellationToken cancellationToken) =>
        Task.FromResult<Import?>(new(import, database, ImportStatus.Queued, null, 0, 0, [], null, default, null));

    public Task<Import?> FindImportAsync(string tenant, string database, string import, CancellationToken cancellationToken) =>
        Task.FromResult<Import?>(null);

    public Task<Page<Import>?> ListImportsAsync(
        string tenant, string database, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<Page<Import>?>(null);

    public Task<Page<DatabaseImage>?> ListImagesAsync(
        string tenant, string database, long? version, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<Page<DatabaseImage>?>(null);

    public Task<DatabaseImage?> FindImageAsync(
        string tenant, string database, string image, CancellationToken cancellationToken) =>
        Task.FromResult<DatabaseImage?>(null);

    public Task<Thumbnail?> FindThumbnailAsync(
        string tenant, string database, string image, CancellationToken cancellationToken) =>
        Task.FromResult<Thumbnail?>(null);

    public Task<long?> DeleteImageAsync(
        string tenant, string database, string image, bool purge, CancellationToken cancellationToken) =>
        Task.FromResult<long?>(null);

    public Task<IReadOnlyList<RetrievedNeighbor>> SearchAsync(
        string tenant, NeighborSearch search, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RetrievedNeighbor>>([new("fluent-3d", 1, "heart", 0.5f, 1)]);

    public Task<DatabaseUsage> UsageAsync(string tenant, CancellationToken cancellationToken) =>
        Task.FromResult(new DatabaseUsage(1, 10));

    static Database Of(string id, string? tenant, Visibility visibility, string space, long version) =>
        new(id, tenant, id, null, visibility, space, 4, null, null, version, 10, default);
}
