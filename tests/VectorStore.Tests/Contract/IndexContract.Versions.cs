using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Contract;

public abstract partial class IndexContract
{
    [Fact]
    public async Task EveryChange_MakesTheNextVersion()
    {
        using var index = await CreateAsync(Sample.Info(2));
        Assert.Equal(0, index.Version);
        Assert.Empty(index.Versions);
        Assert.Equal(1, await index.AppendAsync(Sample.Row("a", 1, 2), Sample.Row("b", 3, 4)));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(new(2, 1), await index.RemoveAsync("a", "none"));
        Assert.Equal(3, await index.UpsertAsync(Sample.Row("b", 5, 6), Sample.Row("c", 7, 8)));

        var start = time.Start;
        DatabaseVersion[] expected = [new(1, start, 2, 0), new(2, start.AddMinutes(5), 0, 1), new(3, start.AddMinutes(5), 2, 1)];
        Assert.Equal(expected, index.Versions);
        using var reopened = await Home.OpenAsync();
        Assert.Equal(3, reopened.Version);
        Assert.Equal(expected, reopened.Versions);
    }

    [Fact]
    public async Task ChangeOfNothing_MakesNone()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(1, 3, 2));
        Assert.Equal(1, await index.AppendAsync());
        Assert.Equal(1, await index.UpsertAsync());
        Assert.Equal(new(1, 0), await index.RemoveAsync("none"));
        Assert.Equal(new(1, 0), await index.PurgeAsync("none"));
        await index.RemoveAsync("1");
        Assert.Equal(new(2, 0), await index.RemoveAsync("1"));
        Assert.Equal(2, index.Version);
    }

    [Fact]
    public async Task EarlierVersions_AreSearchedAsTheyWere()
    {
        using var index = await CreateAsync(Sample.Info(2), [Sample.Row("a", 1, 0), Sample.Row("b", 1, 1)]);
        await index.RemoveAsync("a");
        await index.AppendAsync(Sample.Row("a", 2, 0), Sample.Row("c", 3, 0));

        Assert.Empty(await index.ImagesAsync(0));
        Assert.Equal(["a", "b"], await index.ImagesAsync(1));
        Assert.Equal(["b"], await index.ImagesAsync(2));
        Assert.Equal(["b", "a", "c"], await index.ImagesAsync());
        Assert.Equal(3, index.Count);
        Assert.Equal([0], (await index.SearchAsync([1, 0], 1, new(Version: 1))).Select(neighbor => neighbor.Row));
        Assert.Equal([1], (await index.SearchAsync([1, 0], 1, new(Version: 2))).Select(neighbor => neighbor.Row));
        Assert.Empty(await index.SearchAsync([1, 0], 9, new(Only: ["a"], Version: 2)));
        Assert.Equal(
            [1], (await index.SearchAsync([1, 0], 9, new(Except: ["c", "a"], Version: 3))).Select(neighbor => neighbor.Row));
    }

    [Fact]
    public async Task RemovedRow_CanStillBeRead()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(1, 3, 2));
        await index.RemoveAsync("1");
        Assert.Equal("1", (await index.GetAsync(1, Sample.Cancellation)).Provenance.ImageId);
        Assert.Empty(await index.FindAsync("1", null, Sample.Cancellation));
        Assert.Equal([1], (await index.FindAsync("1", 1, Sample.Cancellation)).Select(found => found.Row));
    }

    [Fact]
    public async Task VersionThatNeverWas_IsRefused()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(1, 3, 2));
        foreach (var version in (long[])[-1, 2, long.MaxValue])
        {
            var refused = await Assert.ThrowsAsync<DatabaseException>(() => index.SearchAsync([1, 2], 1, new(Version: version)));
            Assert.Contains($"no version {version}", refused.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<DatabaseException>(() => index.ListAsync(version, -1, 1, Sample.Cancellation));
            await Assert.ThrowsAsync<DatabaseException>(() => index.FindAsync("1", version, Sample.Cancellation));
        }
    }

    [Fact]
    public async Task Listing_GoesPageByPageThroughAVersion()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(1, 9, 2));
        await index.RemoveAsync("0", "3", "4");
        var pages = new List<long[]>();
        for (var after = -1L; pages.Count == 0 || pages[^1].Length > 0; after = pages[^1].LastOrDefault(-1))
            pages.Add([.. (await index.ListAsync(null, after, 4, Sample.Cancellation)).Select(listed => listed.Row)]);
        Assert.Equal([[1, 2, 5, 6], [7, 8], []], pages);
        Assert.Equal(9, (await index.ListAsync(1, -1, 100, Sample.Cancellation)).Count);
        Assert.Empty(await index.ListAsync(1, long.MaxValue, 100, Sample.Cancellation));
        Assert.Equal(Sample.Row("5", 1, 2).Provenance, (await index.ListAsync(2, 2, 1, Sample.Cancellation))[0].Provenance);
    }
}
