using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>Lets one replica at a time do what must not be done by two.</summary>
public sealed class Leases(IDbContextFactory<LedgerContext> contexts, TimeProvider time)
{
    static readonly TimeSpan length = TimeSpan.FromSeconds(10);
    readonly string holder = Guid.NewGuid().ToString("N");
    readonly ConcurrentDictionary<string, DateTimeOffset> held = []; // several services ask at the same time

    /// <summary>Takes or keeps a lease. It is asked for well before it ends, so that a holder that is alive keeps it.</summary>
    public async Task<bool> HoldAsync(string name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (held.TryGetValue(name, out var until) && until - now > length / 2)
            return true;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var taken = await context.Leases.Where(lease => lease.Name == name && (lease.Holder == holder || lease.Until < now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(lease => lease.Holder, holder).SetProperty(lease => lease.Until, now + length),
                cancellationToken);
        if (taken == 0 && !await context.Leases.AnyAsync(lease => lease.Name == name, cancellationToken))
            taken = await CreateAsync(context, name, now, cancellationToken);
        held[name] = taken > 0 ? now + length : default;
        return taken > 0;
    }

    /// <summary>Gives all leases up, so that another replica need not wait for their end.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Leases.Where(lease => lease.Holder == holder).ExecuteDeleteAsync(cancellationToken);
    }

    async Task<int> CreateAsync(LedgerContext context, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        context.Leases.Add(new() { Name = name, Holder = holder, Until = now + length });
        try
        {
            return await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            return 0; // another replica was faster
        }
    }
}
