using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Webhooks;

namespace RdmCloud.Gateway.Support;

/// <summary>Refuses addresses that are not https, and has no endpoints.</summary>
sealed class FakeWebhooks : IWebhooks
{
    public Task CheckAsync(string url, CancellationToken cancellationToken) =>
        url.StartsWith("https://", StringComparison.Ordinal)
            ? Task.CompletedTask
            : throw new RefusedException("It must be an https address.", "url");

    public Task<NewWebhookEndpoint> CreateAsync(
        string tenant, string url, IReadOnlyList<string> events, string? description, CancellationToken cancellationToken) =>
        throw new RefusedException("None can be made.");

    public Task<WebhookEndpoint?> FindAsync(string tenant, string endpoint, CancellationToken cancellationToken) =>
        None<WebhookEndpoint>();

    public Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string tenant, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<WebhookEndpoint>>([]);

    public Task<bool> DeleteAsync(string tenant, string endpoint, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<WebhookEndpoint?> EnableAsync(string tenant, string endpoint, CancellationToken cancellationToken) =>
        None<WebhookEndpoint>();

    public Task<WebhookSecret?> SecretAsync(string tenant, string? endpoint, CancellationToken cancellationToken) =>
        None<WebhookSecret>();

    public Task<WebhookSecret?> RotateAsync(string tenant, string? endpoint, CancellationToken cancellationToken) =>
        None<WebhookSecret>();

    public Task<WebhookDelivery?> TestAsync(string tenant, string endpoint, CancellationToken cancellationToken) =>
        None<WebhookDelivery>();

    public Task<Page<WebhookDelivery>> DeliveriesAsync(
        string tenant, string? endpoint, DeliveryStatus? status, string? cursor, int limit,
        CancellationToken cancellationToken) =>
        Task.FromResult(new Page<WebhookDelivery>([], null));

    public Task<WebhookDelivery?> ReplayAsync(string tenant, string delivery, CancellationToken cancellationToken) =>
        None<WebhookDelivery>();

    public Task<int?> ReplaySinceAsync(
        string tenant, string endpoint, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<int?>(null);

    static Task<T?> None<T>() where T : class => Task.FromResult<T?>(null);
}
