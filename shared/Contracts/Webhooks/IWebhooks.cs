using RdmCloud.Contracts.Databases;

namespace RdmCloud.Contracts.Webhooks;

/// <summary>A tenant's webhook endpoints and what was sent to them. Another tenant's do not exist: null, or false.</summary>
public interface IWebhooks
{
    /// <exception cref="RefusedException">The address cannot be told anything: not https, private, or malformed.</exception>
    Task CheckAsync(string url, CancellationToken cancellationToken);

    /// <summary>A new endpoint with its secret, which is shown here and by <see cref="SecretAsync"/> alone.</summary>
    /// <exception cref="RefusedException">As for <see cref="CheckAsync"/>; or an event type is unknown.</exception>
    Task<NewWebhookEndpoint> CreateAsync(
        string tenant, string url, IReadOnlyList<string> events, string? description, CancellationToken cancellationToken);

    Task<WebhookEndpoint?> FindAsync(string tenant, string endpoint, CancellationToken cancellationToken);

    Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string tenant, CancellationToken cancellationToken);

    Task<bool> DeleteAsync(string tenant, string endpoint, CancellationToken cancellationToken);

    /// <summary>Sends to a disabled endpoint again.</summary>
    Task<WebhookEndpoint?> EnableAsync(string tenant, string endpoint, CancellationToken cancellationToken);

    /// <summary>The secret of an endpoint; without one, the secret that signs what goes to addresses given with jobs.</summary>
    Task<WebhookSecret?> SecretAsync(string tenant, string? endpoint, CancellationToken cancellationToken);

    /// <summary>A new secret; for a day messages are signed with the former one too.</summary>
    Task<WebhookSecret?> RotateAsync(string tenant, string? endpoint, CancellationToken cancellationToken);

    /// <summary>Sends a <see cref="EventTypes.WebhookTest"/> event.</summary>
    Task<WebhookDelivery?> TestAsync(string tenant, string endpoint, CancellationToken cancellationToken);

    /// <summary>Newest first; those of one endpoint, or all.</summary>
    Task<Page<WebhookDelivery>> DeliveriesAsync(
        string tenant, string? endpoint, DeliveryStatus? status, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Sends one delivery again, now.</summary>
    Task<WebhookDelivery?> ReplayAsync(string tenant, string delivery, CancellationToken cancellationToken);

    /// <summary>Sends all failed deliveries of an endpoint since a time again.</summary>
    /// <returns>How many; null where there is no such endpoint.</returns>
    Task<int?> ReplaySinceAsync(string tenant, string endpoint, DateTimeOffset since, CancellationToken cancellationToken);
}
