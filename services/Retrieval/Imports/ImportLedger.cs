using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts.Databases;
using RdmCloud.Retrieval.Catalog;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Retrieval.Imports;

/// <summary>How far the imports are.</summary>
sealed class ImportLedger(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    const int MostRefusedShown = 100;

    public async Task<Import> StartAsync(string tenant, string database, string import, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = new ImportEntry { Id = import, Tenant = tenant, Database = database, CreatedAt = time.GetUtcNow() };
        context.Imports.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(context, entry, cancellationToken);
    }

    public async Task<Import?> FindAsync(string import, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Imports.AsNoTracking().FirstOrDefaultAsync(row => row.Id == import, cancellationToken) is { } entry
            ? await DescribeAsync(context, entry, cancellationToken)
            : null;
    }

    /// <summary>A database's imports, the newest first.</summary>
    public async Task<Page<Import>> ListAsync(string database, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = await context.Imports.AsNoTracking()
            .Where(row => row.Database == database && (cursor == null || string.Compare(row.Id, cursor) < 0))
            .OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var listed = new List<Import>();
        foreach (var entry in entries.Take(limit))
            listed.Add(await DescribeAsync(context, entry, cancellationToken));
        return new(listed, entries.Count > limit ? listed[^1].Id : null);
    }

    /// <summary>Whether there is anything to be done for it: it may have ended, or gone with its database.</summary>
    public async Task<bool> IsOpenAsync(string import, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Imports.AnyAsync(row => row.Id == import
            && (row.Status == ImportStatus.Queued || row.Status == ImportStatus.Running), cancellationToken);
    }

    public async Task ListedAsync(string import, long total, int batches, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Imports.Where(row => row.Id == import).ExecuteUpdateAsync(row => row
            .SetProperty(entry => entry.Status, ImportStatus.Running)
            .SetProperty(entry => entry.Total, total)
            .SetProperty(entry => entry.Batches, batches), cancellationToken);
    }

    public async Task<bool> HasAsync(string import, int batch, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Batches.AnyAsync(row => row.Import == import && row.Batch == batch, cancellationToken);
    }

    public async Task AddAsync(
        string import, int batch, long done, IReadOnlyList<RefusedImage> refused, CancellationToken cancellationToken)
    {
        if (await HasAsync(import, batch, cancellationToken))
            return;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Batches.Add(new()
        {
            Import = import,
            Batch = batch,
            Done = done,
            RefusedCount = refused.Count,
            Refused = JsonSerializer.Serialize(refused.Take(MostRefusedShown), RemoteAnswers.Json),
        });
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Whether every batch of it is in its database.</summary>
    public async Task<bool> IsDoneAsync(string import, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Imports.AnyAsync(row => row.Id == import && row.Status == ImportStatus.Running && row.Batches
            == context.Batches.Count(batch => batch.Import == import && batch.Batch != ImportBatch.Listing), cancellationToken);
    }

    public async Task EndAsync(Import ended, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Imports.Where(row => row.Id == ended.Id).ExecuteUpdateAsync(row => row
            .SetProperty(entry => entry.Status, ended.Status)
            .SetProperty(entry => entry.Error, ended.Error)
            .SetProperty(entry => entry.CompletedAt, ended.CompletedAt), cancellationToken);
    }

    static async Task<Import> DescribeAsync(CatalogContext context, ImportEntry entry, CancellationToken cancellationToken)
    {
        var batches = context.Batches.AsNoTracking().Where(batch => batch.Import == entry.Id);
        var done = await batches.SumAsync(batch => batch.Done, cancellationToken);
        var refusedCount = await batches.SumAsync(batch => batch.RefusedCount, cancellationToken);
        var refused = await batches.Where(batch => batch.RefusedCount > 0)
            .OrderBy(batch => batch.Batch).Take(MostRefusedShown).Select(batch => batch.Refused).ToListAsync(cancellationToken);
        var shown = refused.SelectMany(json => JsonSerializer.Deserialize<RefusedImage[]>(json, RemoteAnswers.Json)!);
        return new(entry.Id, entry.Database, entry.Status, entry.Total, done, refusedCount,
            [.. shown.Take(MostRefusedShown)], entry.Error, entry.CreatedAt, entry.CompletedAt);
    }
}
