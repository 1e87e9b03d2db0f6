namespace RdmCloud.Contracts.Webhooks;

/// <summary>Something that a tenant's webhooks may be told.</summary>
/// <param name="Id">A function of what happened, so that telling it twice is telling it once.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Data">The event's data as JSON.</param>
/// <param name="Target">An address given with the job, beside the tenant's endpoints.</param>
public sealed record TenantEvent(
    string Id, string Tenant, string Type, DateTimeOffset Timestamp, string Data,
    WebhookTarget? Target = null, string? TraceParent = null);
