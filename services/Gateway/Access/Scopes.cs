namespace RdmCloud.Gateway.Access;

/// <summary>What a key may be allowed.</summary>
public static class Scopes
{
    public const string JobsRead = "jobs:read";
    public const string JobsWrite = "jobs:write";
    public const string DatabasesRead = "databases:read";
    public const string DatabasesWrite = "databases:write";
    public const string WebhooksAdmin = "webhooks:admin";
    public const string UsageRead = "usage:read";
    public const string KeysAdmin = "keys:admin";

    /// <summary>For operators: tenants, their quotas, dead letters. No tenant's key has it.</summary>
    public const string Admin = "admin";

    public static IReadOnlySet<string> OfTenants { get; } =
        new HashSet<string> { JobsRead, JobsWrite, DatabasesRead, DatabasesWrite, WebhooksAdmin, UsageRead, KeysAdmin };
}
