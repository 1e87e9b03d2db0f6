using RdmCloud.Gateway.Access;

namespace RdmCloud.Gateway.Admin;

public sealed record NewTenantView(TenantView Tenant, NewKeyView Key);
