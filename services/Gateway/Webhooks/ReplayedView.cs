namespace RdmCloud.Gateway.Webhooks;

/// <param name="Deliveries">How many are sent again.</param>
public sealed record ReplayedView(int Deliveries);
