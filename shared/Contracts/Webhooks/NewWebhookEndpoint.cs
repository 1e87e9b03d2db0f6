namespace RdmCloud.Contracts.Webhooks;

public sealed record NewWebhookEndpoint(WebhookEndpoint Endpoint, WebhookSecret Secret);
