using RdmCloud.Contracts.Databases;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Retrieval;

/// <summary><see cref="IDatabases"/> for other processes, as <see cref="HttpDatabases"/> asks for it.</summary>
static class InternalDatabases
{
    public static void MapInternalDatabases(this IEndpointRouteBuilder routes)
    {
        var tenant = routes.MapInternal("retrieval/{tenant}");
        tenant.MapGet("usage", (string tenant, IDatabases databases, CancellationToken cancellationToken) =>
            databases.UsageAsync(tenant, cancellationToken));
        tenant.MapPost("search", (
            string tenant, NeighborSearch search, IDatabases databases, CancellationToken cancellationToken) =>
            databases.SearchAsync(tenant, search, cancellationToken));
        tenant.MapPost("databases", (
            string tenant, NewDatabase database, IDatabases databases, CancellationToken cancellationToken) =>
            databases.CreateAsync(tenant, database, cancellationToken));
        tenant.MapGet("databases", (
            string tenant, string? cursor, int limit, IDatabases databases, CancellationToken cancellationToken) =>
            databases.ListAsync(tenant, cursor, limit, cancellationToken));

        var database = tenant.MapGroup("databases/{database}");
        database.MapGet("", async (string tenant, string database, IDatabases databases, CancellationToken cancellationToken) =>
            Found(await databases.FindAsync(tenant, database, cancellationToken)));
        database.MapDelete("", async (
            string tenant, string database, IDatabases databases, CancellationToken cancellationToken) =>
            await databases.DeleteAsync(tenant, database, cancellationToken) ? Results.NoContent() : Results.NotFound());
        database.MapGet("versions", async (
            string tenant, string database, IDatabases databases, CancellationToken cancellationToken) =>
            Found(await databases.VersionsAsync(tenant, database, cancellationToken)));
        database.MapPost("imports/{import}", async (
            string tenant, string database, string import, ImportSource source,
            IDatabases databases, CancellationToken cancellationToken) =>
            Found(await databases.ImportAsync(tenant, database, import, source, cancellationToken)));
        database.MapGet("imports/{import}", async (
            string tenant, string database, string import, IDatabases databases, CancellationToken cancellationToken) =>
            Found(await databases.FindImportAsync(tenant, database, import, cancellationToken)));
        database.MapGet("imports", async (
            string tenant, string database, string? cursor, int limit,
            IDatabases databases, CancellationToken cancellationToken) =>
            Found(await databases.ListImportsAsync(tenant, database, cursor, limit, cancellationToken)));
        database.MapGet("images", async (
            string tenant, string database, long? version, string? cursor, int limit,
            IDatabases databases, CancellationToken cancellationToken) =>
            Found(await databases.ListImagesAsync(tenant, database, version, cursor, limit, cancellationToken)));

        // The image's id, which may hold any letter, comes in the query.
        database.MapGet("image", async (
            string tenant, string database, string id, IDatabases databases, CancellationToken cancellationToken) =>
            Found(await databases.FindImageAsync(tenant, database, id, cancellationToken)));
        database.MapGet("thumbnail", async (
            string tenant, string database, string id, IDatabases databases, CancellationToken cancellationToken) =>
            Found(await databases.FindThumbnailAsync(tenant, database, id, cancellationToken)));
        database.MapDelete("image", async (
            string tenant, string database, string id, bool purge, IDatabases databases, CancellationToken cancellationToken) =>
            await databases.DeleteImageAsync(tenant, database, id, purge, cancellationToken) is { } version
                ? Results.Ok(version)
                : Results.NotFound());
    }

    static IResult Found<T>(T? found) where T : class => found is null ? Results.NotFound() : Results.Ok(found);
}
