using System.Globalization;
using System.Net.Http.Json;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Webhooks;

namespace RdmCloud.ServiceDefaults.Remote;

/// <summary>The webhook service of another process.</summary>
public sealed class HttpWebhooks(HttpClient http) : IWebhooks
{
    public Task CheckAsync(string url, CancellationToken cancellationToken) =>
        http.PostAsJsonAsync("internal/webhooks/check", new CheckUrlRequest(url), RemoteAnswers.Json, cancellationToken)
            .SucceededAsync(cancellationToken);

    public async Task<NewWebhookEndpoint> CreateAsync(
        string tenant, string url, IReadOnlyList<string> events, string? description, CancellationToken cancellationToken)
    {
        var request = new CreateEndpointRequest(url, events, description);
        return await http.PostAsJsonAsync($"{Tenant(tenant)}/endpoints", request, RemoteAnswers.Json, cancellationToken)
            .ReadAsync<NewWebhookEndpoint>(cancellationToken) ?? throw NotWebhooks();
    }

    public Task<WebhookEndpoint?> FindAsync(string tenant, string endpoint, CancellationToken cancellationToken) =>
        http.GetAsync(Endpoint(tenant, endpoint), cancellationToken).ReadAsync<WebhookEndpoint>(cancellationToken);

    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string tenant, CancellationToken cancellationToken) =>
        await http.GetAsync($"{Tenant(tenant)}/endpoints", cancellationToken)
            .ReadAsync<IReadOnlyList<WebhookEndpoint>>(cancellationToken) ?? throw NotWebhooks();

    public Task<bool> DeleteAsync(string tenant, string endpoint, CancellationToken cancellationToken) =>
        http.DeleteAsync(Endpoint(tenant, endpoint), cancellationToken).SucceededAsync(cancellationToken);

    public Task<WebhookEndpoint?> EnableAsync(string tenant, string endpoint, CancellationToken cancellationToken) =>
        PostAsync<WebhookEndpoint>($"{Endpoint(tenant, endpoint)}/enable", cancellationToken);

    public Task<WebhookSecret?> SecretAsync(string tenant, string? endpoint, CancellationToken cancellationToken) =>
        http.GetAsync($"{Endpoint(tenant, endpoint)}/secret", cancellationToken).ReadAsync<WebhookSecret>(cancellationToken);

    public Task<WebhookSecret?> RotateAsync(string tenant, string? endpoint, CancellationToken cancellationToken) =>
        PostAsync<WebhookSecret>($"{Endpoint(tenant, endpoint)}/secret", cancellationToken);

    public Task<WebhookDelivery?> TestAsync(string tenant, string endpoint, CancellationToken cancellationToken) =>
        PostAsync<WebhookDelivery>($"{Endpoint(tenant, endpoint)}/test", cancellationToken);

    public async Task<Page<WebhookDelivery>> DeliveriesAsync(
        string tenant, string? endpoint, DeliveryStatus? status, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"?limit={limit}")
            + (endpoint is null ? "" : $"&endpoint={Uri.EscapeDataString(endpoint)}")
            + (status is null ? "" : $"&status={status}")
            + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
        return await http.GetAsync($"{Tenant(tenant)}/deliveries{query}", cancellationToken)
            .ReadAsync<Page<WebhookDelivery>>(cancellationToken) ?? throw NotWebhooks();
    }

    public Task<WebhookDelivery?> ReplayAsync(string tenant, string delivery, CancellationToken cancellationToken) =>
        PostAsync<WebhookDelivery>($"{Tenant(tenant)}/deliveries/{Uri.EscapeDataString(delivery)}/replay", cancellationToken);

    public Task<int?> ReplaySinceAsync(
        string tenant, string endpoint, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var from = Uri.EscapeDataString(since.ToString("O", CultureInfo.InvariantCulture));
        return PostAsync<int?>($"{Endpoint(tenant, endpoint)}/replay?since={from}", cancellationToken);
    }

    Task<T?> PostAsync<T>(string path, CancellationToken cancellationToken) =>
        http.PostAsync(path, content: null, cancellationToken).ReadAsync<T>(cancellationToken);

    HttpRequestException NotWebhooks() => new($"{http.BaseAddress} is not the address of a webhook service.");

    static string Tenant(string tenant) => $"internal/webhooks/{Uri.EscapeDataString(tenant)}";

    static string Endpoint(string tenant, string? endpoint) =>
        endpoint is null ? Tenant(tenant) : $"{Tenant(tenant)}/endpoints/{Uri.EscapeDataString(endpoint)}";
}
