using System.Text.Json;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Webhooks.Addresses;
using RdmCloud.Webhooks.Deliveries;
using RdmCloud.Webhooks.Endpoints;
using RdmCloud.Webhooks.Events;
using RdmCloud.Webhooks.Secrets;

namespace RdmCloud.Webhooks;

/// <inheritdoc cref="IWebhooks"/>
sealed class TenantWebhooks(
    WebhookUrls urls, EndpointStore endpoints, SecretStore secrets, EventRecorder recorder, DeliveryList deliveries,
    TimeProvider time)
    : IWebhooks
{
    public Task CheckAsync(string url, CancellationToken cancellationToken) => urls.CheckAsync(url, cancellationToken);

    public async Task<NewWebhookEndpoint> CreateAsync(
        string tenant, string url, IReadOnlyList<string> events, string? description, CancellationToken cancellationToken)
    {
        var endpoint = await endpoints.CreateAsync(tenant, url, events, description, cancellationToken);
        return new(endpoint, await secrets.GetAsync(tenant, endpoint.Id, cancellationToken));
    }

    public Task<WebhookEndpoint?> FindAsync(string tenant, string endpoint, CancellationToken cancellationToken) =>
        endpoints.FindAsync(tenant, endpoint, cancellationToken);

    public Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string tenant, CancellationToken cancellationToken) =>
        endpoints.ListAsync(tenant, cancellationToken);

    public Task<bool> DeleteAsync(string tenant, string endpoint, CancellationToken cancellationToken) =>
        endpoints.DeleteAsync(tenant, endpoint, cancellationToken);

    public Task<WebhookEndpoint?> EnableAsync(string tenant, string endpoint, CancellationToken cancellationToken) =>
        endpoints.EnableAsync(tenant, endpoint, cancellationToken);

    public async Task<WebhookSecret?> SecretAsync(string tenant, string? endpoint, CancellationToken cancellationToken) =>
        await HasAsync(tenant, endpoint, cancellationToken)
            ? await secrets.GetAsync(tenant, endpoint ?? "", cancellationToken)
            : null;

    public async Task<WebhookSecret?> RotateAsync(string tenant, string? endpoint, CancellationToken cancellationToken) =>
        await HasAsync(tenant, endpoint, cancellationToken)
            ? await secrets.RotateAsync(tenant, endpoint ?? "", cancellationToken)
            : null;

    public async Task<WebhookDelivery?> TestAsync(string tenant, string endpoint, CancellationToken cancellationToken)
    {
        if (await endpoints.FindEnabledAsync(tenant, endpoint, cancellationToken) is not { } found)
            return null;
        var data = JsonSerializer.Serialize(new { message = "This is a test." });
        var test = new TenantEvent(Ids.New("evt", time), tenant, EventTypes.WebhookTest, time.GetUtcNow(), data);
        return await recorder.RecordAsync(test, found, cancellationToken);
    }

    public Task<Page<WebhookDelivery>> DeliveriesAsync(
        string tenant, string? endpoint, DeliveryStatus? status, string? cursor, int limit,
        CancellationToken cancellationToken) =>
        deliveries.ListAsync(tenant, endpoint, status, cursor, limit, cancellationToken);

    public Task<WebhookDelivery?> ReplayAsync(string tenant, string delivery, CancellationToken cancellationToken) =>
        deliveries.ReplayAsync(tenant, delivery, cancellationToken);

    public async Task<int?> ReplaySinceAsync(
        string tenant, string endpoint, DateTimeOffset since, CancellationToken cancellationToken) =>
        await endpoints.FindEnabledAsync(tenant, endpoint, cancellationToken) is null
            ? null
            : await deliveries.ReplaySinceAsync(tenant, endpoint, since, cancellationToken);

    async Task<bool> HasAsync(string tenant, string? endpoint, CancellationToken cancellationToken) =>
        endpoint is null || await endpoints.FindAsync(tenant, endpoint, cancellationToken) is not null;
}
