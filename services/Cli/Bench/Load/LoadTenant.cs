using RdmCloud.Cli.Bench.Arrivals;

namespace RdmCloud.Cli.Bench.Load;

/// <param name="Key">Its API key; null where the gateway wants none.</param>
/// <param name="KeyId">The key's id, where the key was made for this run and is to be revoked after it.</param>
sealed record LoadTenant(TenantShare Share, string? Key = null, string? KeyId = null)
{
    public string Name => Share.Name;
}
