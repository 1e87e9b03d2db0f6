using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts.Models;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Models;

/// <summary>The models that workers have said they draw with.</summary>
public sealed class ModelCatalog(IDbContextFactory<LedgerContext> contexts, TimeProvider time)
{
    static readonly TimeSpan refresh = TimeSpan.FromMinutes(1);
    static readonly TimeSpan retryAfter = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, (ModelDescription Description, DateTimeOffset SeenAt)> learned = [];

    /// <summary>Remembers a model beyond this process, though not at every heartbeat.</summary>
    public async Task LearnAsync(ModelDescription model, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (learned.TryGetValue(model.Name, out var known) && known.Description == model && now - known.SeenAt < refresh)
            return;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Models.FindAsync([model.Name], cancellationToken);
        if (row is null)
            context.Models.Add(new() { Name = model.Name, Description = LedgerJson.Write(model), SeenAt = now });
        else
            (row.Description, row.SeenAt) = (LedgerJson.Write(model), now);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another replica has just learned it too.
        }
        learned[model.Name] = (model, now);
    }

    public async Task<IReadOnlyList<ModelDescription>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Models.AsNoTracking().OrderByDescending(row => row.SeenAt).ToListAsync(cancellationToken);
        return [.. rows.Select(row => LedgerJson.Read<ModelDescription>(row.Description))];
    }

    /// <summary>The model of that name, or null; without a name the one heard of last.</summary>
    /// <exception cref="UnavailableException">No worker has ever been heard of.</exception>
    public async Task<ModelDescription?> FindAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is not null && learned.TryGetValue(name, out var known))
            return known.Description;
        var all = await ListAsync(cancellationToken);
        return name is not null ? all.FirstOrDefault(model => model.Name == name)
            : all is [var last, ..] ? last
            : throw new UnavailableException("No worker has offered a model yet. Try again in a moment.", retryAfter);
    }
}
