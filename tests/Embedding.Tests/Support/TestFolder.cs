using RdmCloud.ObjectStore;
using RdmCloud.ObjectStore.Folder;

namespace RdmCloud.Embedding.Support;

/// <summary>An object store of a test's own.</summary>
sealed class TestFolder : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("rdm-embedding-").FullName;

    public TestFolder() => Store = new FolderStore(root, TimeProvider.System);

    public FolderStore Store { get; }

    public string Root => root;

    public Task PutAsync(string key, byte[] content) =>
        Store.PutAsync(key, new MemoryStream(content), "application/octet-stream", TestContext.Current.CancellationToken);

    public async Task<byte[]> GetAsync(string key)
    {
        await using var stored = await Store.OpenAsync(key, TestContext.Current.CancellationToken);
        var content = new MemoryStream();
        await stored!.Content.CopyToAsync(content, TestContext.Current.CancellationToken);
        return content.ToArray();
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
