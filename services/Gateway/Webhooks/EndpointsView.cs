using RdmCloud.Contracts.Webhooks;

namespace RdmCloud.Gateway.Webhooks;

public sealed record EndpointsView(IReadOnlyList<WebhookEndpoint> Items);
