using Microsoft.EntityFrameworkCore;
using RdmCloud.Retrieval.Catalog;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Milvus;

namespace RdmCloud.Retrieval.Milvus;

/// <summary>A database's history in this service's tables, which all its processes share.</summary>
sealed class CatalogHistory(IDbContextFactory<CatalogContext> contexts, string database, TimeProvider time) : IDatabaseHistory
{
    DatabaseState latest = DatabaseState.Empty; // that was read: of a long history, only the new versions are read

    public async Task<DatabaseState> ReadAsync(DatabaseState known, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = await context.Histories.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Database == database, cancellationToken);
        return entry is not null && entry.Revision != known.Revision
            ? latest = await StateAsync(context, entry, known, cancellationToken)
            : known;
    }

    public async Task<DatabaseState?> BeginAsync(Guid writer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await EnsureAsync(context, cancellationToken);
        var now = time.GetUtcNow();
        var begun = await context.Histories
            .Where(row => row.Database == database && (row.Writer == null || row.WriterUntil < now))
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.IsUnclean, row => row.IsUnclean || row.Writer != null)
                .SetProperty(row => row.Writer, writer)
                .SetProperty(row => row.WriterUntil, now + IDatabaseHistory.Lease), cancellationToken);
        if (begun == 0)
            return null;
        var entry = await context.Histories.AsNoTracking().SingleAsync(row => row.Database == database, cancellationToken);
        return latest = await StateAsync(context, entry, latest, cancellationToken);
    }

    public async Task RenewAsync(Guid writer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var until = time.GetUtcNow() + IDatabaseHistory.Lease;
        if (await context.Histories.Where(row => row.Database == database && row.Writer == writer)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.WriterUntil, until), cancellationToken) == 0)
            throw Lost();
    }

    public async Task CommitAsync(Guid writer, DatabaseState state, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = await context.Histories
            .SingleOrDefaultAsync(row => row.Database == database && row.Writer == writer, cancellationToken)
            ?? throw Lost();
        foreach (var added in state.Versions.Skip((int)entry.Version))
            context.Versions.Add(new()
            {
                Database = database,
                Version = added.Version,
                Created = added.Created,
                Added = added.Added,
                Removed = added.Removed,
            });
        (entry.Revision, entry.Version, entry.NextRow, entry.Timestamp) =
            (state.Revision, state.Version, state.NextRow, unchecked((long)state.Timestamp));
        (entry.Collection, entry.MovedAt, entry.IsUnclean) = (state.Collection, state.MovedAt, state.IsUnclean);
        (entry.Writer, entry.WriterUntil) = (null, null);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Lost();
        }
    }

    public async Task AbandonAsync(Guid writer)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await context.Histories.Where(row => row.Database == database && row.Writer == writer).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.IsUnclean, true).SetProperty(row => row.Writer, (Guid?)null));
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Versions.Where(row => row.Database == database).ExecuteDeleteAsync(cancellationToken);
        await context.Histories.Where(row => row.Database == database).ExecuteDeleteAsync(cancellationToken);
    }

    async Task EnsureAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        if (await context.Histories.AnyAsync(row => row.Database == database, cancellationToken))
            return;
        var entry = context.Histories.Add(new() { Database = database });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another process was quicker; if it is something else, the next step says so.
        }
        entry.State = EntityState.Detached;
    }

    async Task<DatabaseState> StateAsync(
        CatalogContext context, HistoryEntry entry, DatabaseState known, CancellationToken cancellationToken)
    {
        var newer = await context.Versions.AsNoTracking()
            .Where(row => row.Database == database && row.Version > known.Version && row.Version <= entry.Version)
            .OrderBy(row => row.Version).ToListAsync(cancellationToken);
        return new(entry.Revision,
            [.. known.Versions, .. newer.Select(row => new DatabaseVersion(row.Version, row.Created, row.Added, row.Removed))],
            entry.NextRow, unchecked((ulong)entry.Timestamp), entry.Collection, entry.MovedAt, entry.IsUnclean);
    }

    static DatabaseException Lost() =>
        new("Another writer has taken over, since this one was not heard of. Nothing was changed; try again.");
}
