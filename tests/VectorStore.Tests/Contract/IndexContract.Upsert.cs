using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Contract;

public abstract partial class IndexContract
{
    [Theory]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.Float32)]
    public async Task SameUpsertTwice_ChangesNothing(ElementType type)
    {
        using var index = await CreateAsync(Sample.Info(2, type), [Sample.Row("old", 1, 2), Sample.Row("kept", 3, 4)]);
        DatabaseRow[] rows =
            [Sample.Row("old", 0.1f, 9), Sample.Row("kept", 3, 4), Sample.Row("new", 0.3f, 6), Sample.Row("new", 7, 8)];
        for (var delivery = 0; delivery < 3; delivery++)
        {
            Assert.Equal(2, await index.UpsertAsync(rows));
            Assert.Equal(["kept", "old", "new", "new"], await index.ImagesAsync());
            Assert.Equal(["old", "kept"], await index.ImagesAsync(1));
        }
        Assert.Equal([new(2, index.Versions[1].Created, 3, 1)], index.Versions.Skip(1));
    }

    [Fact]
    public async Task OtherProvenance_ReplacesTheRow()
    {
        var row = Sample.Row("a", 1, 2);
        using var index = await CreateAsync(Sample.Info(2), [row]);
        Assert.Equal(2, await index.UpsertAsync(row with { Provenance = row.Provenance with { Title = "Better" } }));
        Assert.Equal("Better", Assert.Single(await index.FindAsync("a", null, Sample.Cancellation)).Provenance.Title);
    }

    [Fact]
    public async Task AllRowsOfAnImage_AreReplacedTogether()
    {
        using var index = await CreateAsync(
            Sample.Info(2), [Sample.Row("a", 1, 2), Sample.Row("b", 0, 1), Sample.Row("a", 3, 4)]);
        Assert.Equal(1, await index.UpsertAsync(Sample.Row("a", 1, 2), Sample.Row("a", 3, 4)));
        Assert.Equal(2, await index.UpsertAsync(Sample.Row("a", 1, 2)));
        Assert.Equal([3], (await index.FindAsync("a", null, Sample.Cancellation)).Select(found => found.Row));
        Assert.Equal([0, 2], (await index.FindAsync("a", 1, Sample.Cancellation)).Select(found => found.Row));
    }

    [Fact]
    public async Task RemovedImage_ComesBack()
    {
        using var index = await CreateAsync(Sample.Info(2), [Sample.Row("a", 1, 2)]);
        await index.RemoveAsync("a");
        Assert.Equal(3, await index.UpsertAsync(Sample.Row("a", 1, 2)));
        Assert.Equal(["a"], await index.ImagesAsync());
    }

    [Fact]
    public async Task ImageThatComesTwice_IsTakenOnceOrRefused()
    {
        using var index = await CreateAsync(Sample.Info(2));
        await index.UpsertAsync(Sample.Row("a", 1, 2), Sample.Row("b", 3, 4), Sample.Row("a", 1, 2));
        Assert.Equal(["a", "b"], await index.ImagesAsync());
        var refused = await Assert.ThrowsAsync<DatabaseException>(() =>
            index.UpsertAsync(Sample.Row("c", 1, 2), Sample.Row("d", 3, 4), Sample.Row("c", 5, 6)));
        Assert.Contains("'c'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], await index.ImagesAsync());
    }
}
