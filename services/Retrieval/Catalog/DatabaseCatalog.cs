using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Retrieval.Indexes;
using RdmCloud.VectorStore;

namespace RdmCloud.Retrieval.Catalog;

/// <summary>Which databases there are, and who may see and change them.</summary>
sealed class DatabaseCatalog(
    IDbContextFactory<CatalogContext> contexts, BuiltInDatabases builtIn, IndexShelf shelf, TimeProvider time)
{
    /// <exception cref="RefusedException">The name is taken or not valid.</exception>
    public async Task<Database> CreateAsync(string tenant, NewDatabase wanted, CancellationToken cancellationToken)
    {
        DatabaseName.Check(wanted.Name);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = new DatabaseEntry
        {
            Id = Ids.New("db", time),
            Tenant = tenant,
            Name = wanted.Name,
            Title = wanted.Title,
            Visibility = wanted.Visibility,
            EmbeddingSpace = wanted.EmbeddingSpace,
            Dimension = wanted.Dimension,
            License = wanted.License,
            Attribution = wanted.Attribution,
            CreatedAt = time.GetUtcNow(),
        };
        if (await context.Databases.AnyAsync(row => row.Tenant == tenant && row.Name == wanted.Name, cancellationToken))
            throw DatabaseName.Taken(wanted.Name);
        await shelf.CreateAsync(entry.Id, entry.ToInfo(), cancellationToken); // first: an index without an entry does no harm
        context.Databases.Add(entry);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            await shelf.DeleteAsync(entry.Id, CancellationToken.None);
            if (await context.Databases.AnyAsync(row => row.Tenant == tenant && row.Name == wanted.Name, cancellationToken))
                throw DatabaseName.Taken(wanted.Name);
            throw;
        }
        return (await FindAsync(tenant, entry.Id, cancellationToken))!;
    }

    public async Task<Database?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        if (builtIn.Find(id) is not null)
            return builtIn.Describe(id);
        return await FindEntryAsync(tenant, id, cancellationToken) is { } entry
            ? await DescribeAsync(entry, tenant, cancellationToken)
            : null;
    }

    /// <summary>What a tenant may search; null where there is no such database, or it is not the tenant's to see.</summary>
    public async Task<INeighborIndex?> OpenAsync(string tenant, string id, CancellationToken cancellationToken) =>
        builtIn.Find(id) ?? (await FindEntryAsync(tenant, id, cancellationToken) is not null
            ? await shelf.OpenAsync(id, cancellationToken)
            : null);

    /// <summary>Whether a tenant may change it.</summary>
    public async Task<bool> OwnsAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Databases.AnyAsync(row => row.Id == id && row.Tenant == tenant, cancellationToken);
    }

    /// <summary>Those of the installation first, then the tenant's own and the other public ones, the oldest first.</summary>
    public async Task<Page<Database>> ListAsync(string tenant, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var isPastBuiltIn = cursor is not null && builtIn.Find(cursor) is null;
        var listed = isPastBuiltIn ? [] : builtIn.Ids
            .Where(id => cursor is null || string.CompareOrdinal(id, cursor) > 0)
            .Select(builtIn.Describe).Take(limit + 1).ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var after = isPastBuiltIn ? cursor! : "";
        var entries = await context.Databases.AsNoTracking()
            .Where(row => (row.Tenant == tenant || row.Visibility == Visibility.Public) && string.Compare(row.Id, after) > 0)
            .OrderBy(row => row.Id).Take(limit + 1 - listed.Count).ToListAsync(cancellationToken);
        foreach (var entry in entries)
            listed.Add(await DescribeAsync(entry, tenant, cancellationToken));
        return listed.Count > limit ? new(listed[..limit], listed[limit - 1].Id) : new(listed, null);
    }

    /// <summary>False where the tenant has no such database of its own.</summary>
    public async Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        if (!await OwnsAsync(tenant, id, cancellationToken))
            return false;
        await shelf.DeleteAsync(id, cancellationToken); // first: while there is an entry, deleting can be asked for again
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Databases.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        return true;
    }

    public async Task<DatabaseUsage> UsageAsync(string tenant, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await context.Databases.Where(row => row.Tenant == tenant).Select(row => row.Id).ToListAsync(cancellationToken);
        var rows = 0L;
        foreach (var id in own)
            rows += (await shelf.OpenAsync(id, cancellationToken)).Count;
        return new(own.Count, rows);
    }

    async Task<DatabaseEntry?> FindEntryAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Databases.AsNoTracking().FirstOrDefaultAsync(
            row => row.Id == id && (row.Tenant == tenant || row.Visibility == Visibility.Public), cancellationToken);
    }

    async Task<Database> DescribeAsync(DatabaseEntry entry, string tenant, CancellationToken cancellationToken)
    {
        var index = await shelf.OpenAsync(entry.Id, cancellationToken);
        var owner = entry.Tenant == tenant ? tenant : null; // who else publishes what is nobody's business
        return new(
            entry.Id, owner, entry.Name, entry.Title, entry.Visibility, entry.EmbeddingSpace, entry.Dimension,
            entry.License, entry.Attribution, index.Version, index.Count, entry.CreatedAt);
    }
}
