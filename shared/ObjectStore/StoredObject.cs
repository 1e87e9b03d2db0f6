namespace RdmCloud.ObjectStore;

/// <summary>An object opened for reading.</summary>
/// <param name="Content">Its bytes, once, from the start.</param>
/// <param name="Length">In bytes.</param>
/// <param name="ContentType">As it was stored, such as <c>image/png</c>.</param>
public sealed record StoredObject(Stream Content, long Length, string ContentType) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
