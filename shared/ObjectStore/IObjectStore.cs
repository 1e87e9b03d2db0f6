namespace RdmCloud.ObjectStore;

/// <summary>
/// Named bytes, with the semantics of S3. Every method checks its keys first (<see cref="ObjectKeyException"/>), and throws
/// <see cref="ObjectStoreException"/> where the store itself fails. Objects under <see cref="ObjectKey.Transit"/> may vanish
/// when they are a day old.
/// </summary>
public interface IObjectStore
{
    /// <summary>Makes the store ready for use. Called once at start; calling it again changes nothing.</summary>
    Task EnsureReadyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stores all that is left of the stream, in place of the object of that key if there is one. Readers see the old object
    /// or the new one, never a part; an upload that fails changes nothing.
    /// </summary>
    Task PutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken);

    /// <summary>The object, to be disposed of after reading; null where there is none.</summary>
    Task<StoredObject?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>What is known of the object without reading it; null where there is none.</summary>
    Task<ObjectProperties?> HeadAsync(string key, CancellationToken cancellationToken);

    /// <summary>After this there is no such object, whether or not there was one.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>The objects whose keys start with the prefix, in ordinal order. An empty prefix lists all.</summary>
    IAsyncEnumerable<ListedObject> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Stores a second object with the content and the content type of the first, which must exist.</summary>
    Task CopyAsync(string from, string to, CancellationToken cancellationToken);

    /// <summary>An address from which whoever has it can get the object for a while. The object need not exist yet.</summary>
    /// <param name="validFor">1 second to 7 days.</param>
    /// <param name="downloadName">Makes a browser save the object under this name instead of showing it.</param>
    Task<Uri> LinkAsync(string key, TimeSpan validFor, string? downloadName = null);
}
