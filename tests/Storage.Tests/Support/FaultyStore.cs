using RdmCloud.ObjectStore;

namespace RdmCloud.Storage.Support;

/// <summary>A store that fails at its nth call and works again after it.</summary>
sealed class FaultyStore(IObjectStore store) : IObjectStore
{
    public int FailAt { get; set; } = -1;

    public int Calls { get; private set; }

    public Task EnsureReadyAsync(CancellationToken cancellationToken) => store.EnsureReadyAsync(cancellationToken);

    /// <summary>What happens in the moment before an object is written.</summary>
    public Func<string, Task> BeforePut { get; set; } = _ => Task.CompletedTask;

    public async Task PutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken)
    {
        Count();
        await BeforePut(key);
        await store.PutAsync(key, content, contentType, cancellationToken);
    }

    public Task<StoredObject?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        Count();
        return store.OpenAsync(key, cancellationToken);
    }

    public Task<ObjectProperties?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        Count();
        return store.HeadAsync(key, cancellationToken);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        Count();
        return store.DeleteAsync(key, cancellationToken);
    }

    public IAsyncEnumerable<ListedObject> ListAsync(string prefix, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, cancellationToken);

    public Task CopyAsync(string from, string to, CancellationToken cancellationToken) =>
        store.CopyAsync(from, to, cancellationToken);

    public Task<Uri> LinkAsync(string key, TimeSpan validFor, string? downloadName = null) =>
        store.LinkAsync(key, validFor, downloadName);

    void Count()
    {
        if (++Calls == FailAt)
            throw new ObjectStoreException("The store is away.");
    }
}
