using Microsoft.EntityFrameworkCore;
using RdmCloud.ObjectStore;
using RdmCloud.Retrieval.Catalog;
using RdmCloud.Retrieval.Indexes;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Milvus;

namespace RdmCloud.Retrieval.Milvus;

/// <summary>The rows in Milvus, their histories in this service's tables, thumbnails in the object store.</summary>
sealed class MilvusIndexes(
    MilvusCollections collections, IDbContextFactory<CatalogContext> contexts, IObjectStore objects, TimeProvider time) : IIndexes
{
    public async Task<INeighborIndex> CreateAsync(string id, DatabaseInfo info, CancellationToken cancellationToken) =>
        await OpenAsync(id, info, cancellationToken);

    public async Task<INeighborIndex> OpenAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = await context.Databases.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new DatabaseException($"There is no database '{id}' any more.");
        return await OpenAsync(id, entry.ToInfo(), cancellationToken);
    }

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Databases.AnyAsync(row => row.Id == id, cancellationToken))
        {
            using var index = (MilvusIndex)await OpenAsync(id, cancellationToken);
            await index.DeleteAsync(cancellationToken);
        }
        await new CatalogHistory(contexts, id, time).DeleteAsync(cancellationToken);
    }

    Task<MilvusIndex> OpenAsync(string id, DatabaseInfo info, CancellationToken cancellationToken) =>
        MilvusIndex.OpenAsync(collections, id, info, new CatalogHistory(contexts, id, time), objects, time, cancellationToken);
}
