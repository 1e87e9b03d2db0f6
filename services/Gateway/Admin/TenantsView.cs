namespace RdmCloud.Gateway.Admin;

public sealed record TenantsView(IReadOnlyList<TenantView> Items);
