using RdmCloud.ObjectStore;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>Where the parts of one database are.</summary>
sealed class MilvusDatabase(
    MilvusCollections collections, string id, DatabaseInfo info,
    IDatabaseHistory history, IObjectStore objects, TimeProvider time)
{
    public string Id => id;

    public DatabaseInfo Info => info;

    public IDatabaseHistory History => history;

    public MilvusCollections Collections => collections;

    public TimeProvider Time => time;

    public RowThumbnails Thumbnails { get; } = new(objects, id);

    /// <summary>Its rows, where a state says that they are.</summary>
    public async Task<MilvusTable> TableAsync(DatabaseState state, CancellationToken cancellationToken) =>
        state.Collection is { } own ? new(collections, own, id, info.Dimension) : await SharedTableAsync(cancellationToken);

    public async Task<MilvusTable> SharedTableAsync(CancellationToken cancellationToken) =>
        new(collections, await collections.GetSharedAsync(info.Dimension, cancellationToken), id, info.Dimension);
}
