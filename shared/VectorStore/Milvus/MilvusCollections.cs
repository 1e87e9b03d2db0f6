using System.Collections.Concurrent;
using Google.Protobuf;
using RdmCloud.VectorStore.Milvus.Client;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>
/// The collections of an installation. The many small databases share one for each dimension, in which a partition key keeps
/// them apart; a large one has a collection to itself.
/// </summary>
public sealed class MilvusCollections(MilvusOptions options) : IDisposable
{
    const int Loaded = 3;
    const int SharedPartitions = 64;

    static readonly TimeSpan poll = TimeSpan.FromMilliseconds(100);

    readonly ConcurrentDictionary<string, Lazy<Task>> ready = [];

    internal MilvusConnection Connection { get; } = new(options);

    internal long OwnCollectionFrom => options.OwnCollectionFrom;

    /// <summary>Milvus's version, which shows that it is there.</summary>
    /// <exception cref="MilvusException">It is not.</exception>
    public async Task<string> GetVersionAsync(CancellationToken cancellationToken) =>
        (await Connection.CallAsync(
            (service, call) => service.GetVersionAsync(new(), call), answer => answer.Status, cancellationToken)).Version;

    public void Dispose() => Connection.Dispose();

    /// <summary>The collection that small databases of a dimension share, made where it is not there yet.</summary>
    internal async Task<string> GetSharedAsync(int dimension, CancellationToken cancellationToken)
    {
        var name = $"rdm_shared_{dimension}";
        var made = ready.GetOrAdd(name, _ => new(() => MakeAsync(name, dimension, isShared: true)));
        try
        {
            await made.Value.WaitAsync(cancellationToken);
        }
        catch when (made.Value.IsFaulted)
        {
            ready.TryRemove(new(name, made));
            throw;
        }
        return name;
    }

    /// <summary>A collection for one database. Its name tells how it is indexed.</summary>
    internal async Task<string> MakeOwnAsync(string database, int dimension)
    {
        var name = $"rdm_{database}_{options.Index}".ToLowerInvariant();
        await DropAsync(name, CancellationToken.None); // what an attempt before left
        await MakeAsync(name, dimension, isShared: false);
        return name;
    }

    internal async Task DropAsync(string name, CancellationToken cancellationToken)
    {
        if (await HasAsync(name, cancellationToken))
            await Connection.CallAsync((service, call) =>
                service.DropCollectionAsync(new() { DbName = DatabaseName, CollectionName = name }, call), cancellationToken);
    }

    /// <summary>How a collection is indexed.</summary>
    internal static MilvusIndexKind KindOf(string collection) =>
        Enum.TryParse<MilvusIndexKind>(collection[(collection.LastIndexOf('_') + 1)..], ignoreCase: true, out var kind)
            && Enum.IsDefined(kind)
            ? kind
            : MilvusIndexKind.Flat;

    internal string DatabaseName => options.Database ?? "";

    // Not canceled with whoever asked first: others wait for it.
    async Task MakeAsync(string name, int dimension, bool isShared)
    {
        if (!await HasAsync(name, CancellationToken.None))
            await CreateAsync(name, dimension, isShared);
        var index = new CreateIndexRequest { DbName = DatabaseName, CollectionName = name, FieldName = RowColumns.Embedding };
        index.ExtraParams.AddRange(IndexParameters.ForBuilding(isShared ? MilvusIndexKind.Flat : options.Index));
        await Connection.CallAsync((service, call) => service.CreateIndexAsync(index, call), CancellationToken.None);
        await Connection.CallAsync((service, call) =>
            service.LoadCollectionAsync(new() { DbName = DatabaseName, CollectionName = name }, call), CancellationToken.None);
        while (!await IsLoadedAsync(name))
            await Task.Delay(poll);
    }

    async Task CreateAsync(string name, int dimension, bool isShared)
    {
        var schema = RowColumns.Schema(name, dimension, isShared).ToByteString();
        var request = new CreateCollectionRequest
        {
            DbName = DatabaseName,
            CollectionName = name,
            Schema = schema,
            ShardsNum = 1,
            NumPartitions = isShared ? SharedPartitions : 0,
        };
        try
        {
            await Connection.CallAsync((service, call) => service.CreateCollectionAsync(request, call), CancellationToken.None);
        }
        catch (MilvusException) when (isShared)
        {
            if (!await HasAsync(name, CancellationToken.None)) // another process may have been quicker
                throw;
        }
    }

    async Task<bool> IsLoadedAsync(string name) => (await Connection.CallAsync(
        (service, call) => service.GetLoadStateAsync(new() { DbName = DatabaseName, CollectionName = name }, call),
        answer => answer.Status, CancellationToken.None)).State == Loaded;

    async Task<bool> HasAsync(string name, CancellationToken cancellationToken) => (await Connection.CallAsync(
        (service, call) => service.HasCollectionAsync(new() { DbName = DatabaseName, CollectionName = name }, call),
        answer => answer.Status, cancellationToken)).Value;
}
