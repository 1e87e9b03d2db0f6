using RdmCloud.ObjectStore.Folder;
using RdmCloud.VectorStore.Contract;
using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>A database in a real Milvus, with its history in memory and its thumbnails in a folder.</summary>
sealed class MilvusHome(Func<Task<Uri>> address, MilvusOptions? options = null) : IndexHome
{
    readonly TemporaryFolder folder = new();
    readonly string id = $"test_{Guid.NewGuid():N}";
    MilvusCollections? collections;
    DatabaseInfo? info;
    TimeProvider time = TimeProvider.System;

    public RememberedHistory History { get; } = new();

    public override async Task<INeighborIndex> CreateAsync(DatabaseInfo info, TimeProvider time)
    {
        options ??= new();
        options.Address = await address();
        (collections, this.info, this.time) = (new(options), info, time);
        return await OpenAsync();
    }

    public override async Task<INeighborIndex> OpenAsync() => await OpenMilvusAsync();

    public Task<MilvusIndex> OpenMilvusAsync() => MilvusIndex.OpenAsync(
        collections!, id, info!, History, new FolderStore(folder["objects"], time), time, Sample.Cancellation);

    public int CountThumbnails() =>
        Directory.EnumerateFiles(Path.Combine(folder["objects"], "objects"), "*", SearchOption.AllDirectories).Count();

    /// <summary>Rows of this database in the collection that it shares, or shared.</summary>
    public async Task<int> CountSharedAsync()
    {
        var shared = await collections!.GetSharedAsync(info!.Dimension, Sample.Cancellation);
        var table = new MilvusTable(collections, shared, id, info.Dimension);
        return (await table.QueryAsync(RowFilter.AddedAfter(0), since: null, withEmbeddings: false, Sample.Cancellation)).Count;
    }

    public override async ValueTask DisposeAsync()
    {
        if (collections is not null)
        {
            await (await OpenMilvusAsync()).DeleteAsync(CancellationToken.None);
            collections.Dispose();
        }
        folder.Dispose();
    }
}
