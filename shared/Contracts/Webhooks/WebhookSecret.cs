namespace RdmCloud.Contracts.Webhooks;

/// <param name="Secret"><c>whsec_</c> and base64.</param>
/// <param name="PreviousUntil">Until when messages are signed with the former secret too.</param>
public sealed record WebhookSecret(string Secret, DateTimeOffset? PreviousUntil);
