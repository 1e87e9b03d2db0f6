using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Webhooks.Tables;

namespace RdmCloud.Webhooks.Secrets;

/// <summary>The secrets that sign messages; at rest they are encrypted.</summary>
sealed class SecretStore(IDbContextFactory<WebhooksContext> contexts, IDataProtectionProvider protection, TimeProvider time)
{
    static readonly TimeSpan overlap = TimeSpan.FromDays(1);

    readonly IDataProtector protector = protection.CreateProtector("webhook-secrets");

    /// <param name="endpoint">Empty for the addresses given with jobs.</param>
    public async Task<WebhookSecret> GetAsync(string tenant, string endpoint, CancellationToken cancellationToken)
    {
        var entry = await FindOrCreateAsync(tenant, endpoint, cancellationToken);
        return new(protector.Unprotect(entry.Secret), HasPrevious(entry) ? entry.PreviousUntil : null);
    }

    /// <summary>Those that sign a message now, the newest first.</summary>
    public async Task<IReadOnlyList<string>> SigningAsync(string tenant, string endpoint, CancellationToken cancellationToken)
    {
        var entry = await FindOrCreateAsync(tenant, endpoint, cancellationToken);
        var secret = protector.Unprotect(entry.Secret);
        return HasPrevious(entry) ? [secret, protector.Unprotect(entry.Previous!)] : [secret];
    }

    public async Task<WebhookSecret> RotateAsync(string tenant, string endpoint, CancellationToken cancellationToken)
    {
        var former = (await FindOrCreateAsync(tenant, endpoint, cancellationToken)).Secret;
        var (secret, until) = (Signature.NewSecret(), time.GetUtcNow() + overlap);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Secrets.Where(row => row.Tenant == tenant && row.Endpoint == endpoint).ExecuteUpdateAsync(row => row
            .SetProperty(entry => entry.Previous, former)
            .SetProperty(entry => entry.PreviousUntil, until)
            .SetProperty(entry => entry.Secret, protector.Protect(secret)), cancellationToken);
        return new(secret, until);
    }

    bool HasPrevious(SecretEntry entry) => entry.Previous is not null && entry.PreviousUntil > time.GetUtcNow();

    async Task<SecretEntry> FindOrCreateAsync(string tenant, string endpoint, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = context.Secrets.AsNoTracking().Where(row => row.Tenant == tenant && row.Endpoint == endpoint);
        if (await entries.FirstOrDefaultAsync(cancellationToken) is { } known)
            return known;
        var entry = new SecretEntry { Tenant = tenant, Endpoint = endpoint, Secret = protector.Protect(Signature.NewSecret()) };
        context.Secrets.Add(entry);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return entry;
        }
        catch (DbUpdateException)
        {
            return await entries.FirstAsync(cancellationToken); // another was quicker
        }
    }
}
