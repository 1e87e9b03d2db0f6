using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Embedded;

namespace RdmCloud.Retrieval.Indexes;

/// <summary>The tenants' databases, opened when they are first asked for. Several processes may share the folder.</summary>
sealed class IndexShelf(IOptions<RetrievalOptions> options, TimeProvider time) : IDisposable
{
    readonly ConcurrentDictionary<string, ShelvedIndex> shelved = [];

    /// <summary>An empty database under a new id.</summary>
    public void Create(string id, DatabaseInfo info) =>
        shelved[id] = new(EmbeddedIndex.Create(FolderOf(id), info, time: time));

    /// <summary>The database as it is now, whoever changed it.</summary>
    /// <exception cref="DatabaseException">It cannot be opened.</exception>
    public async Task<INeighborIndex> OpenAsync(string id, CancellationToken cancellationToken)
    {
        var index = Shelved(id).Index;
        await index.RefreshAsync(cancellationToken);
        return index;
    }

    /// <summary>Changes a database while no one else in this process does; another process at work on it is an exception.</summary>
    /// <exception cref="DatabaseException">It cannot be changed.</exception>
    public async Task<T> ChangeAsync<T>(string id, Func<INeighborIndex, Task<T>> change, CancellationToken cancellationToken)
    {
        var (index, turn) = Shelved(id);
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await change(index);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Deletes a database with all that it held, whether or not there is one.</summary>
    public void Delete(string id)
    {
        if (shelved.TryRemove(id, out var known))
            known.Dispose();
        if (Directory.Exists(FolderOf(id)))
            Directory.Delete(FolderOf(id), recursive: true);
    }

    public void Dispose()
    {
        foreach (var known in shelved.Values)
            known.Dispose();
    }

    ShelvedIndex Shelved(string id)
    {
        if (shelved.TryGetValue(id, out var known))
            return known;
        var opened = new ShelvedIndex(EmbeddedIndex.Open(FolderOf(id), time: time));
        var kept = shelved.GetOrAdd(id, opened);
        if (kept != opened)
            opened.Dispose();
        return kept;
    }

    string FolderOf(string id) => Path.Combine(options.Value.Folder, id);
}
