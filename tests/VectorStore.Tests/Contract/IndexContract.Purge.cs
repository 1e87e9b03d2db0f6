using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Contract;

public abstract partial class IndexContract
{
    [Fact]
    public async Task PurgedImage_IsInNoVersion()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(1, 6, 2));
        await index.RemoveAsync("1");
        Assert.Equal(new(3, 2), await index.PurgeAsync("1", "4"));
        foreach (var version in (long[])[1, 2, 3])
            Assert.Equal(["0", "2", "3", "5"], await index.ImagesAsync(version));
        Assert.Equal(4, index.Count);
        var purged = await Assert.ThrowsAsync<DatabaseException>(() => index.GetAsync(4, Sample.Cancellation));
        Assert.Contains("purged", purged.Message, StringComparison.Ordinal);
        Assert.Empty(await index.FindAsync("4", 1, Sample.Cancellation));
        Assert.Equal(new(3, 0), await index.PurgeAsync("1", "4"));
    }

    [Fact]
    public async Task RemovedImage_IsPurgedWithoutANewVersion()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(1, 3, 2));
        await index.RemoveAsync("1");
        Assert.Equal(new(2, 1), await index.PurgeAsync("1"));
        Assert.DoesNotContain("1", await index.ImagesAsync(1));
    }
}
