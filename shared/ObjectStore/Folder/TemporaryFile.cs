namespace RdmCloud.ObjectStore.Folder;

/// <summary>A file under construction, which is gone when it is disposed of before it was moved to its place.</summary>
sealed record TemporaryFile(string Path) : IDisposable
{
    public void Dispose() => File.Delete(Path);
}
