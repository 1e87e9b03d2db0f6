using System.Net;
using RdmCloud.ObjectStore.Support;

namespace RdmCloud.ObjectStore;

/// <summary>What every store promises.</summary>
public abstract class ObjectStoreContract : IAsyncLifetime
{
    const int MiB = 1 << 20;

    protected IObjectStore Store { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IObjectStore> CreateAsync();

    public async ValueTask InitializeAsync()
    {
        Store = await CreateAsync();
        await Store.EnsureReadyAsync(Cancellation);
    }

    public abstract ValueTask DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(5 * MiB)]
    [InlineData(20 * MiB)]
    public async Task Object_ComesBackAsItWasStored(int length)
    {
        var content = Bytes.Random(length);
        await Store.PutAsync("tenant/job/0.png", content);
        Assert.Equal(content, await Store.ReadAsync("tenant/job/0.png"));
        Assert.Equal(length, (await Store.HeadAsync("tenant/job/0.png", Cancellation))!.Length);
    }

    [Fact]
    public async Task Stream_IsStoredFromWhereItStands()
    {
        await Store.PutAsync("rest", new MemoryStream([1, 2, 3]) { Position = 1 }, "image/png", Cancellation);
        Assert.Equal([2, 3], await Store.ReadAsync("rest"));
    }

    [Fact]
    public async Task StreamOfUnknownLength_IsStored()
    {
        await using var server = await WebServer.StartAsync(TestFiles.MapChunks);
        using var http = new HttpClient();
        await Store.PutAsync("copy", await http.GetStreamAsync(server.Url, Cancellation), "image/png", Cancellation);
        Assert.Equal(TestFiles.Chunks, await Store.ReadAsync("copy"));
    }

    [Fact]
    public async Task ContentType_ComesBackAsItWasStored()
    {
        foreach (var type in (string[])["image/png", "application/json", "text/plain; charset=utf-8"])
        {
            await Store.PutAsync("a", [1], type);
            Assert.Equal(type, (await Store.HeadAsync("a", Cancellation))!.ContentType);
            await using var opened = await Store.OpenAsync("a", Cancellation);
            Assert.Equal(type, opened!.ContentType);
        }
    }

    [Fact]
    public async Task Time_IsThatOfTheLastChange()
    {
        var before = TimeProvider.System.GetUtcNow();
        await Store.PutAsync("a", [1]);
        var head = await Store.HeadAsync("a", Cancellation);
        Assert.InRange(head!.LastModified, before.AddSeconds(-2), before.AddMinutes(1));
        var listed = Assert.Single(await Store.ListAsync("", Cancellation).ToListAsync(Cancellation));
        Assert.Equal(head.LastModified, listed.LastModified, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task StoringAgain_Replaces()
    {
        await Store.PutAsync("a", Bytes.Random(2000), "image/png");
        await Store.PutAsync("a", Bytes.Random(1000), "image/jpeg");
        Assert.Equal(Bytes.Random(1000), await Store.ReadAsync("a"));
        Assert.Equal("image/jpeg", (await Store.HeadAsync("a", Cancellation))!.ContentType);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(20 * MiB, false)]
    [InlineData(20 * MiB, true)]
    public async Task BrokenUpload_LeavesNothing(int length, bool canSeek)
    {
        await Assert.ThrowsAsync<IOException>(() =>
            Store.PutAsync("a", new BrokenStream(length, canSeek), "image/png", Cancellation));
        Assert.Null(await Store.HeadAsync("a", Cancellation));
        Assert.Empty(await Store.ListAsync("", Cancellation).ToListAsync(Cancellation));
        Assert.False(await LeavesRemainsAsync());
    }

    [Fact]
    public async Task BrokenUpload_LeavesTheObjectThatWasThere()
    {
        await Store.PutAsync("a", [1, 2, 3], "image/jpeg");
        await Assert.ThrowsAsync<IOException>(() =>
            Store.PutAsync("a", new BrokenStream(10, canSeek: false), "image/png", Cancellation));
        Assert.Equal([1, 2, 3], await Store.ReadAsync("a"));
        Assert.Equal("image/jpeg", (await Store.HeadAsync("a", Cancellation))!.ContentType);
    }

    [Fact]
    public async Task AbsentObject_IsNull()
    {
        Assert.Null(await Store.OpenAsync("absent", Cancellation));
        Assert.Null(await Store.HeadAsync("absent", Cancellation));
        await Store.PutAsync("a/b", [1]);
        Assert.Null(await Store.OpenAsync("a", Cancellation));
        Assert.Null(await Store.HeadAsync("a/b/c", Cancellation));
    }

    [Fact]
    public async Task Deleting_RemovesOnceAndHarmsNothing()
    {
        await Store.PutAsync("job/0", [1]);
        await Store.PutAsync("job/1", [2]);
        await Store.DeleteAsync("job/0", Cancellation);
        await Store.DeleteAsync("job/0", Cancellation);
        await Store.DeleteAsync("never/was", Cancellation);
        Assert.Equal(["job/1"], await KeysAsync(""));
        await Store.DeleteAsync("job/1", Cancellation);
        await Store.PutAsync("job/1", [3]);
        Assert.Equal([3], await Store.ReadAsync("job/1"));
    }

    [Fact]
    public async Task List_IsOrdinalAndHoldsThePrefixAlone()
    {
        foreach (var key in (string[])["b/1", "a/b", "a-b", "a/B", "a.b", "a0", "a/b0/c"])
            await Store.PutAsync(key, Bytes.Random(key.Length));
        Assert.Equal(["a-b", "a.b", "a/B", "a/b", "a/b0/c", "a0", "b/1"], await KeysAsync(""));
        Assert.Equal(["a/B", "a/b", "a/b0/c"], await KeysAsync("a/"));
        Assert.Equal(["a/b", "a/b0/c"], await KeysAsync("a/b"));
        Assert.Empty(await KeysAsync("c"));
        Assert.Empty(await KeysAsync("absent/"));
        Assert.All(
            await Store.ListAsync("", Cancellation).ToListAsync(Cancellation),
            item => Assert.Equal(item.Key.Length, item.Length));
    }

    [Fact]
    public async Task LongList_IsComplete()
    {
        var keys = Enumerable.Range(0, 1100).Select(i => $"many/{i:d5}").ToList();
        await Parallel.ForEachAsync(keys, Cancellation, async (key, _) => await Store.PutAsync(key, [1]));
        Assert.Equal(keys, await KeysAsync("many/"));
    }

    [Fact]
    public async Task Copy_IsAnObjectOfItsOwn()
    {
        await Store.PutAsync("transit/0", [1, 2], "image/webp");
        await Store.PutAsync("tenant/job/0", [9]);
        await Store.CopyAsync("transit/0", "tenant/job/0", Cancellation);
        await Store.DeleteAsync("transit/0", Cancellation);
        Assert.Equal([1, 2], await Store.ReadAsync("tenant/job/0"));
        Assert.Equal("image/webp", (await Store.HeadAsync("tenant/job/0", Cancellation))!.ContentType);
    }

    [Fact]
    public async Task CopyOfNothing_Fails()
    {
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => Store.CopyAsync("absent", "a", Cancellation));
        Assert.Contains("'absent'", error.Message);
        Assert.Null(await Store.HeadAsync("a", Cancellation));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("/a")]
    [InlineData("a b")]
    [InlineData("größe")]
    public async Task BadKey_IsRefusedEverywhere(string key)
    {
        await Store.PutAsync("good", [1]);
        await Assert.ThrowsAsync<ObjectKeyException>(() => Store.PutAsync(key, [1]));
        await Assert.ThrowsAsync<ObjectKeyException>(() => Store.OpenAsync(key, Cancellation));
        await Assert.ThrowsAsync<ObjectKeyException>(() => Store.HeadAsync(key, Cancellation));
        await Assert.ThrowsAsync<ObjectKeyException>(async () => await Store.DeleteAsync(key, Cancellation));
        await Assert.ThrowsAsync<ObjectKeyException>(() => Store.CopyAsync(key, "good", Cancellation));
        await Assert.ThrowsAsync<ObjectKeyException>(() => Store.CopyAsync("good", key, Cancellation));
        await Assert.ThrowsAsync<ObjectKeyException>(async () => await Store.LinkAsync(key, TimeSpan.FromMinutes(1)));
        await Assert.ThrowsAsync<ObjectKeyException>(async () =>
            await Store.ListAsync(key + "/", Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Link_GivesTheObjectToAnyone()
    {
        await Store.PutAsync("tenant/job/0.png", Bytes.Random(5000));
        using var http = new HttpClient();
        using var response = await http.GetAsync(
            await Store.LinkAsync("tenant/job/0.png", TimeSpan.FromMinutes(1)), Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/png", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(Bytes.Random(5000), await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((7 * 86400) + 1)]
    public async Task LinkForTooLongOrShort_IsRefused(int seconds) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await Store.LinkAsync("a", TimeSpan.FromSeconds(seconds)));

    /// <summary>Whether something that no listing shows is left of failed uploads.</summary>
    protected abstract Task<bool> LeavesRemainsAsync();

    protected async Task<List<string>> KeysAsync(string prefix) =>
        await Store.ListAsync(prefix, Cancellation).Select(item => item.Key).ToListAsync(Cancellation);
}
