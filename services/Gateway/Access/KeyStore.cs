using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Access;

/// <summary>The tenants' API keys. A revoked one is refused at once here, and within half a minute by other replicas.</summary>
public sealed class KeyStore(IDbContextFactory<LedgerContext> contexts, TimeProvider time) : IDisposable
{
    readonly Remembered<ApiKey> byHash = new(TimeSpan.FromSeconds(30));

    /// <summary>Makes a key; only here is it ever seen whole.</summary>
    public async Task<(string Key, ApiKey Row)> CreateAsync(
        string tenant, string name, IEnumerable<string> scopes, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        var key = KeyFormat.New();
        var now = time.GetUtcNow();
        var row = new ApiKey
        {
            Id = Ids.New("key", time),
            Tenant = tenant,
            Name = name,
            Prefix = KeyFormat.PrefixOf(key),
            Hash = KeyFormat.HashOf(key),
            Scopes = string.Join(' ', scopes.Order(StringComparer.Ordinal)),
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.ApiKeys.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        return (key, row);
    }

    /// <summary>Whose key it is; null where it is not known, expired or revoked.</summary>
    public async Task<Caller?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (!KeyFormat.IsWhole(key))
            return null;
        var hash = KeyFormat.HashOf(key);
        var row = await byHash.GetAsync(hash, async () =>
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await context.ApiKeys.AsNoTracking().SingleOrDefaultAsync(found => found.Hash == hash, cancellationToken);
        });
        return row is { RevokedAt: null } && !(row.ExpiresAt <= time.GetUtcNow())
            ? new(row.Tenant, row.Id, row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet())
            : null;
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(string tenant, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ApiKeys.AsNoTracking()
            .Where(key => key.Tenant == tenant).OrderBy(key => key.Id).ToListAsync(cancellationToken);
    }

    /// <summary>False where the tenant has no such key.</summary>
    public async Task<bool> RevokeAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.ApiKeys.SingleOrDefaultAsync(key => key.Id == id && key.Tenant == tenant, cancellationToken);
        if (row is null)
            return false;
        row.RevokedAt ??= time.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
        byHash.Forget(row.Hash);
        return true;
    }

    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ApiKeys.AnyAsync(cancellationToken);
    }

    public void Dispose() => byHash.Dispose();
}
