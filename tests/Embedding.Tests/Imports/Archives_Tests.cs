using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.Contracts;
using RdmCloud.Embedding.Support;
using RdmCloud.ObjectStore;

namespace RdmCloud.Embedding.Imports;

public sealed class Archives_Tests : IAsyncLifetime
{
    readonly TestFolder objects = new();
    readonly FakeTimeProvider time = new();
    readonly byte[] zip = Files.Zip(("a.png", [1, 2, 3]), ("b.png", [4]));
    CountedStore store = null!;

    [Fact]
    public async Task Archive_IsCopiedOnceForAllItsEntries()
    {
        using var archives = Archives(1 << 20);
        Assert.Equal([1, 2, 3], await ReadAsync(archives, "one", "a.png"));
        Assert.Equal([4], await ReadAsync(archives, "one", "b.png"));
        Assert.Equal(["one"], store.Opened);
    }

    [Fact]
    public async Task ArchiveThatIsLongestUnused_MakesRoom()
    {
        using var archives = Archives(2 * zip.Length);
        foreach (var key in (string[])["one", "two", "one", "three", "one", "two"])
            await ReadAsync(archives, key, "a.png");
        Assert.Equal(["one", "two", "three", "two"], store.Opened);
    }

    [Fact]
    public async Task ArchiveThatIsTooLarge_IsRefused()
    {
        using var archives = Archives(zip.Length - 1);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => ReadAsync(archives, "one", "a.png"));
        Assert.Contains("the most", refused.Message);
    }

    [Fact]
    public async Task ArchivesThatNobodyReads_AreLetGo()
    {
        using var archives = Archives(1 << 20);
        await ReadAsync(archives, "one", "a.png");
        time.Advance(TimeSpan.FromMinutes(9));
        await ReadAsync(archives, "one", "a.png");
        time.Advance(TimeSpan.FromMinutes(9));
        await ReadAsync(archives, "one", "a.png");
        Assert.Equal(["one"], store.Opened);
        time.Advance(TimeSpan.FromMinutes(10));
        await ReadAsync(archives, "one", "a.png");
        Assert.Equal(["one", "one"], store.Opened);
    }

    public async ValueTask InitializeAsync()
    {
        store = new(objects.Store);
        foreach (var key in (string[])["one", "two", "three"])
            await objects.PutAsync(key, zip);
    }

    public ValueTask DisposeAsync()
    {
        objects.Dispose();
        return ValueTask.CompletedTask;
    }

    Archives Archives(long mostBytes) => new(store, Options.Create(new EmbeddingOptions { ArchiveBytes = mostBytes }), time);

    static Task<byte[]> ReadAsync(Archives archives, string key, string entry) =>
        archives.ReadAsync(key, entry, TestContext.Current.CancellationToken);
}
