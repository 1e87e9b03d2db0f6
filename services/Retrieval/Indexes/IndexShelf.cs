using System.Collections.Concurrent;
using RdmCloud.VectorStore;

namespace RdmCloud.Retrieval.Indexes;

/// <summary>The tenants' databases, opened when they are first asked for.</summary>
sealed class IndexShelf(IIndexes indexes) : IDisposable
{
    readonly ConcurrentDictionary<string, ShelvedIndex> shelved = [];

    /// <summary>An empty database under a new id.</summary>
    public async Task CreateAsync(string id, DatabaseInfo info, CancellationToken cancellationToken) =>
        shelved[id] = new(await indexes.CreateAsync(id, info, cancellationToken));

    /// <summary>The database as it is now, whoever changed it.</summary>
    /// <exception cref="DatabaseException">It cannot be opened.</exception>
    public async Task<INeighborIndex> OpenAsync(string id, CancellationToken cancellationToken)
    {
        var index = (await ShelvedAsync(id, cancellationToken)).Index;
        await index.RefreshAsync(cancellationToken);
        return index;
    }

    /// <summary>
    /// Changes a database while no one else in this process does; another process at work on it is an exception.
    /// </summary>
    /// <exception cref="DatabaseException">It cannot be changed.</exception>
    public async Task<T> ChangeAsync<T>(string id, Func<INeighborIndex, Task<T>> change, CancellationToken cancellationToken)
    {
        var (index, turn) = await ShelvedAsync(id, cancellationToken);
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
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        if (shelved.TryRemove(id, out var known))
            known.Dispose();
        await indexes.DeleteAsync(id, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var known in shelved.Values)
            known.Dispose();
    }

    async Task<ShelvedIndex> ShelvedAsync(string id, CancellationToken cancellationToken)
    {
        if (shelved.TryGetValue(id, out var known))
            return known;
        var opened = new ShelvedIndex(await indexes.OpenAsync(id, cancellationToken));
        var kept = shelved.GetOrAdd(id, opened);
        if (kept != opened)
            opened.Dispose();
        return kept;
    }
}
