using RdmCloud.ObjectStore;

namespace RdmCloud.Embedding.Support;

/// <summary>A store that remembers what was read from it.</summary>
sealed class CountedStore(IObjectStore inner) : IObjectStore
{
    public List<string> Opened { get; } = [];

    public Task<StoredObject?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        Opened.Add(key);
        return inner.OpenAsync(key, cancellationToken);
    }

    public Task EnsureReadyAsync(CancellationToken cancellationToken) => inner.EnsureReadyAsync(cancellationToken);

    public Task PutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken) =>
        inner.PutAsync(key, content, contentType, cancellationToken);

    public Task<ObjectProperties?> HeadAsync(string key, CancellationToken cancellationToken) =>
        inner.HeadAsync(key, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

    public IAsyncEnumerable<ListedObject> ListAsync(string prefix, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, cancellationToken);

    public Task CopyAsync(string from, string to, CancellationToken cancellationToken) =>
        inner.CopyAsync(from, to, cancellationToken);

    public Task<Uri> LinkAsync(string key, TimeSpan validFor, string? downloadName = null) =>
        inner.LinkAsync(key, validFor, downloadName);
}
