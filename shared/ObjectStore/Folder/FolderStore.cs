using System.Runtime.CompilerServices;
using System.Text;

namespace RdmCloud.ObjectStore.Folder;

/// <summary>
/// Objects as files: <c>objects/{key}</c> with the content type in <c>types/{key}</c>. Unlike in S3, the key of an object cannot
/// be the start of another's: of <c>a</c> and <c>a/b</c> only one can exist.
/// </summary>
/// <param name="root">The folder; it is created.</param>
public sealed class FolderStore(string root, TimeProvider time) : IObjectStore
{
    const string UnknownType = "application/octet-stream";

    static readonly TimeSpan leftoverAge = TimeSpan.FromDays(1);

    readonly FileTree objects = new(root, "objects"), types = new(root, "types");
    readonly FolderLinks links = new(root, time);

    /// <summary>
    /// Where a browser reaches the server that answers <c>{PublicUrl}/files/{key}</c> with the objects. Set it before the first
    /// link is asked for, which may be after the server has started and knows its port.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Removes what expired or was left by a crash while no one looked.</summary>
    public async Task EnsureReadyAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - leftoverAge;
        objects.RemoveTemporaries(oldest);
        await foreach (var leftover in ListAsync(ObjectKey.Transit, cancellationToken))
            if (leftover.LastModified < oldest)
                await DeleteAsync(leftover.Key, cancellationToken);
    }

    public async Task PutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken)
    {
        ObjectKey.Check(key);
        using var file = await objects.WriteAsync(content, cancellationToken);
        using var type = await types.WriteAsync(new MemoryStream(Encoding.UTF8.GetBytes(contentType)), cancellationToken);
        types.Place(type, key); // first, so that no object appears without its type
        objects.Place(file, key);
    }

    public async Task<StoredObject?> OpenAsync(string key, CancellationToken cancellationToken) =>
        objects.Open(ObjectKey.Check(key)) is { } content
            ? new(content, content.Length, await ContentTypeAsync(key, cancellationToken))
            : null;

    public async Task<ObjectProperties?> HeadAsync(string key, CancellationToken cancellationToken) =>
        objects.Find(ObjectKey.Check(key)) is { } file
            ? new(file.Length, await ContentTypeAsync(key, cancellationToken), file.LastWriteTimeUtc)
            : null;

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        objects.Delete(ObjectKey.Check(key));
        types.Delete(key);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<ListedObject> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var key in objects.Keys(ObjectKey.CheckPrefix(prefix)).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (objects.Find(key) is { } file)
                yield return new(key, file.Length, file.LastWriteTimeUtc);
        }
    }

    public async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        ObjectKey.Check(to);
        await using var source = await OpenAsync(from, cancellationToken)
            ?? throw new ObjectStoreException($"There is no object '{from}' to copy.");
        await PutAsync(to, source.Content, source.ContentType, cancellationToken);
    }

    public Task<Uri> LinkAsync(string key, TimeSpan validFor, string? downloadName = null) =>
        PublicUrl is { } publicUrl
            ? Task.FromResult(links.Sign(publicUrl, ObjectKey.Check(key), LinkLifetime.Seconds(validFor), downloadName))
            : throw new ObjectStoreException(
                "A link needs the address by which browsers reach this server: set ObjectStore:PublicUrl.");

    /// <summary>Whether these are the parts of a link that <see cref="LinkAsync"/> gave and that is still valid.</summary>
    /// <param name="expires">Unix time in seconds.</param>
    /// <param name="downloadName">The value of the link's parameter <c>download</c>, if it has one.</param>
    public bool Verify(string key, long expires, string signature, string? downloadName = null) =>
        links.Verify(key, expires, signature, downloadName);

    async Task<string> ContentTypeAsync(string key, CancellationToken cancellationToken)
    {
        await using var file = types.Open(key);
        return file is null ? UnknownType : await new StreamReader(file).ReadToEndAsync(cancellationToken);
    }
}
