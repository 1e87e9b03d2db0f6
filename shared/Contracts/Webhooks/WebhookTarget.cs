namespace RdmCloud.Contracts.Webhooks;

/// <param name="Events">The types of events wanted; empty for all.</param>
public sealed record WebhookTarget(string Url, IReadOnlyList<string> Events);
