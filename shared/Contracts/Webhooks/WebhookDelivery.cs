namespace RdmCloud.Contracts.Webhooks;

/// <summary>One event on its way to one address.</summary>
/// <param name="Event">The event's id, which is the webhook-id header.</param>
/// <param name="Endpoint">Null where the address was given with a job.</param>
public sealed record WebhookDelivery(
    string Id,
    string Event,
    string Type,
    string? Endpoint,
    string Url,
    DeliveryStatus Status,
    int Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextAttemptAt,
    int? ResponseStatus,
    string? LastError);
