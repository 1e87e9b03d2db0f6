using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts.Databases;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Databases;

/// <summary>Whether a tenant may have another database, or more rows.</summary>
public sealed class DatabaseQuotas(IDbContextFactory<LedgerContext> contexts, IDatabases databases, Quotas quotas)
{
    /// <exception cref="QuotaException">It has as many as it may have.</exception>
    public async Task EnsureDatabaseAsync(string tenant, CancellationToken cancellationToken)
    {
        var most = quotas.Databases(await TenantAsync(tenant, cancellationToken));
        if ((await databases.UsageAsync(tenant, cancellationToken)).Databases >= most)
            throw new QuotaException("databases", $"This tenant may have {most} databases and has them. Delete one first.");
    }

    /// <exception cref="QuotaException">They are full. What an import brings is counted when it is in.</exception>
    public async Task EnsureRowsAsync(string tenant, CancellationToken cancellationToken)
    {
        var most = quotas.Rows(await TenantAsync(tenant, cancellationToken));
        if ((await databases.UsageAsync(tenant, cancellationToken)).Rows >= most)
            throw new QuotaException("rows", $"This tenant's databases may hold {most} rows and do. Delete images first.");
    }

    async Task<Tenant> TenantAsync(string tenant, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Tenants.AsNoTracking().SingleAsync(row => row.Id == tenant, cancellationToken);
    }
}
