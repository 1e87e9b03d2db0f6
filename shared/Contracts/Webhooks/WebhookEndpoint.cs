namespace RdmCloud.Contracts.Webhooks;

/// <param name="Events">The types of events wanted; empty for all.</param>
/// <param name="DisabledReason">Why nothing is sent there, or null.</param>
public sealed record WebhookEndpoint(
    string Id,
    string Url,
    IReadOnlyList<string> Events,
    string? Description,
    string? DisabledReason,
    DateTimeOffset CreatedAt);
