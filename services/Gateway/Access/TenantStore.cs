using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Access;

/// <summary>The tenants. What is changed is seen at once here, and within half a minute by other replicas.</summary>
public sealed class TenantStore(IDbContextFactory<LedgerContext> contexts, TimeProvider time) : IDisposable
{
    readonly Remembered<Tenant> byId = new(TimeSpan.FromSeconds(30));

    public Task<Tenant?> FindAsync(string id, CancellationToken cancellationToken) => byId.GetAsync(id, async () =>
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Tenants.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    });

    public async Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Tenants.AsNoTracking().OrderBy(tenant => tenant.Id).ToListAsync(cancellationToken);
    }

    /// <summary>False where there is a tenant of that id.</summary>
    public async Task<bool> AddAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Tenants.AnyAsync(row => row.Id == tenant.Id, cancellationToken))
            return false;
        context.Tenants.Add(tenant);
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    public Task EnsureAsync(string id, CancellationToken cancellationToken) =>
        AddAsync(new() { Id = id, Name = id, CreatedAt = time.GetUtcNow() }, cancellationToken);

    /// <summary>The tenant as it is then; null where there is none.</summary>
    public async Task<Tenant?> ChangeAsync(string id, Action<Tenant> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Tenants.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } tenant)
            return null;
        change(tenant);
        await context.SaveChangesAsync(cancellationToken);
        byId.Forget(id);
        return tenant;
    }

    public void Dispose() => byId.Dispose();
}
