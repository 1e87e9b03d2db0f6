using System.Globalization;
using System.Net.Http.Json;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Generations;

namespace RdmCloud.ServiceDefaults.Remote;

/// <summary>The retrieval service of another process.</summary>
public sealed class HttpDatabases(HttpClient http) : IDatabases
{
    public Task<Database> CreateAsync(string tenant, NewDatabase database, CancellationToken cancellationToken) =>
        PostAsync<NewDatabase, Database>($"{Tenant(tenant)}/databases", database, cancellationToken);

    public Task<Database?> FindAsync(string tenant, string database, CancellationToken cancellationToken) =>
        GetAsync<Database>(Database(tenant, database), cancellationToken);

    public async Task<Page<Database>> ListAsync(string tenant, string? cursor, int limit, CancellationToken cancellationToken) =>
        await GetAsync<Page<Database>>($"{Tenant(tenant)}/databases{Query(cursor, limit)}", cancellationToken)
            ?? throw NotRetrieval();

    public Task<bool> DeleteAsync(string tenant, string database, CancellationToken cancellationToken) =>
        http.DeleteAsync(Database(tenant, database), cancellationToken).SucceededAsync(cancellationToken);

    public Task<IReadOnlyList<DatabaseVersion>?> VersionsAsync(
        string tenant, string database, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<DatabaseVersion>>($"{Database(tenant, database)}/versions", cancellationToken);

    public Task<Import?> ImportAsync(
        string tenant, string database, string import, ImportSource source, CancellationToken cancellationToken) =>
        http.PostAsJsonAsync(Import(tenant, database, import), source, RemoteAnswers.Json, cancellationToken)
            .ReadAsync<Import>(cancellationToken);

    public Task<Import?> FindImportAsync(string tenant, string database, string import, CancellationToken cancellationToken) =>
        GetAsync<Import>(Import(tenant, database, import), cancellationToken);

    public Task<Page<Import>?> ListImportsAsync(
        string tenant, string database, string? cursor, int limit, CancellationToken cancellationToken) =>
        GetAsync<Page<Import>>($"{Database(tenant, database)}/imports{Query(cursor, limit)}", cancellationToken);

    public Task<Page<DatabaseImage>?> ListImagesAsync(
        string tenant, string database, long? version, string? cursor, int limit, CancellationToken cancellationToken) =>
        GetAsync<Page<DatabaseImage>>(
            $"{Database(tenant, database)}/images{Query(cursor, limit)}"
            + (version is { } wanted ? string.Create(CultureInfo.InvariantCulture, $"&version={wanted}") : ""),
            cancellationToken);

    public Task<DatabaseImage?> FindImageAsync(
        string tenant, string database, string image, CancellationToken cancellationToken) =>
        GetAsync<DatabaseImage>($"{Database(tenant, database)}/image?id={Uri.EscapeDataString(image)}", cancellationToken);

    public Task<Thumbnail?> FindThumbnailAsync(
        string tenant, string database, string image, CancellationToken cancellationToken) =>
        GetAsync<Thumbnail>($"{Database(tenant, database)}/thumbnail?id={Uri.EscapeDataString(image)}", cancellationToken);

    public Task<long?> DeleteImageAsync(
        string tenant, string database, string image, bool purge, CancellationToken cancellationToken)
    {
        var query = $"?id={Uri.EscapeDataString(image)}&purge={(purge ? "true" : "false")}";
        return http.DeleteAsync($"{Database(tenant, database)}/image{query}", cancellationToken)
            .ReadAsync<long?>(cancellationToken);
    }

    public Task<IReadOnlyList<RetrievedNeighbor>> SearchAsync(
        string tenant, NeighborSearch search, CancellationToken cancellationToken) =>
        PostAsync<NeighborSearch, IReadOnlyList<RetrievedNeighbor>>($"{Tenant(tenant)}/search", search, cancellationToken);

    public async Task<DatabaseUsage> UsageAsync(string tenant, CancellationToken cancellationToken) =>
        await GetAsync<DatabaseUsage>($"{Tenant(tenant)}/usage", cancellationToken) ?? throw NotRetrieval();

    Task<T?> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        http.GetAsync(path, cancellationToken).ReadAsync<T>(cancellationToken);

    async Task<TAnswer> PostAsync<T, TAnswer>(string path, T body, CancellationToken cancellationToken) =>
        await http.PostAsJsonAsync(path, body, RemoteAnswers.Json, cancellationToken).ReadAsync<TAnswer>(cancellationToken)
            ?? throw NotRetrieval();

    HttpRequestException NotRetrieval() => new($"{http.BaseAddress} is not the address of a retrieval service.");

    static string Tenant(string tenant) => $"internal/retrieval/{Uri.EscapeDataString(tenant)}";

    static string Database(string tenant, string database) => $"{Tenant(tenant)}/databases/{Uri.EscapeDataString(database)}";

    static string Import(string tenant, string database, string import) =>
        $"{Database(tenant, database)}/imports/{Uri.EscapeDataString(import)}";

    static string Query(string? cursor, int limit) => string.Create(CultureInfo.InvariantCulture,
        $"?limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
}
