using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Webhooks.Tables;

namespace RdmCloud.Webhooks.Secrets;

/// <summary>The secrets that sign messages; at rest they are encrypted.</summary>
sealed class SecretStore(IDbContextFactory<WebhooksContext> contexts, IDataProtectionProvider protection, TimeProvider time)
{
    public const string Lost = "The signing secret can no longer be read, because the key is lost that it was encrypted with.";

    static readonly TimeSpan overlap = TimeSpan.FromDays(1);

    readonly IDataProtector protector = protection.CreateProtector("webhook-secrets");

    /// <param name="endpoint">Empty for the addresses given with jobs.</param>
    public async Task<WebhookSecret> GetAsync(string tenant, string endpoint, CancellationToken cancellationToken)
    {
        var entry = await FindOrCreateAsync(tenant, endpoint, cancellationToken);
        var secret = Read(entry.Secret) ?? throw new RefusedException($"{Lost} Rotate it to get another.");
        return new(secret, Previous(entry) is null ? null : entry.PreviousUntil);
    }

    /// <summary>Those that sign a message now, the newest first; none where the newest can no longer be read.</summary>
    public async Task<IReadOnlyList<string>> SigningAsync(string tenant, string endpoint, CancellationToken cancellationToken)
    {
        var entry = await FindOrCreateAsync(tenant, endpoint, cancellationToken);
        return Read(entry.Secret) is not { } secret ? []
            : Previous(entry) is { } previous ? [secret, previous]
            : [secret];
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

    string? Previous(SecretEntry entry) =>
        entry.Previous is { } previous && entry.PreviousUntil > time.GetUtcNow() ? Read(previous) : null;

    string? Read(string encrypted)
    {
        try
        {
            return protector.Unprotect(encrypted);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

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
