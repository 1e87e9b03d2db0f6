using RdmCloud.VectorStore.Embedded;
using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Contract;

public abstract partial class IndexContract
{
    [Theory]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.Float32)]
    public async Task Reopened_HoldsWhatWasAppendedInSeveralSteps(ElementType type)
    {
        var rows = Sample.Rows(1, 25, dimension: 13);
        var info = Sample.Info(13, type);
        using (var index = await CreateAsync(info, rows[..7]))
            await index.AppendAsync(rows[7..].ToAsyncEnumerable(), cancellationToken: Sample.Cancellation);

        using var reopened = await Home.OpenAsync();
        Assert.Equal(info, reopened.Info);
        Assert.Equal(25, reopened.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = await reopened.GetAsync(i, Sample.Cancellation);
            Assert.Equal(rows[i].Embedding, row.Embedding);
            Assert.Equal(rows[i].Provenance, row.Provenance);
            Assert.Equal(rows[i].Thumbnail, row.Thumbnail);
        }
    }

    [Fact]
    public async Task EmptyDatabase_FindsNothing()
    {
        using var index = await CreateAsync(Sample.Info(3));
        Assert.Equal(0, index.Count);
        Assert.Empty(await index.SearchAsync([1, 0, 0], 5));
        Assert.Empty(await index.SearchAsync([1, 0, 0], 5, new(Only: ["a"])));
    }

    [Fact]
    public async Task Filter_KeepsOnlyAndExceptImages()
    {
        var rows = Sample.Rows(2, 30, 8);
        using var index = await CreateAsync(Sample.Info(8), [.. rows, .. rows]);
        var query = rows[4].Embedding.ToArray();

        Assert.Equal([4, 34], (await index.SearchAsync(query, 2)).Select(neighbor => neighbor.Row));
        var others = await index.SearchAsync(query, 60, new(Except: ["4", "none"]));
        Assert.DoesNotContain("4", others.Select(neighbor => neighbor.Provenance.ImageId));
        Assert.Equal(58, (await index.SearchAsync(query, 60, new(Except: ["4"]))).Count);
        Assert.Equal([4, 34], (await index.SearchAsync(query, 9, new(Only: ["4"]))).Select(neighbor => neighbor.Row));
        Assert.Empty(await index.SearchAsync(query, 9, new(Only: ["4"], Except: ["4"])));
        Assert.Empty(await index.SearchAsync(query, 9, new(Only: [])));
    }

    [Fact]
    public async Task Append_ReportsProgressOfItsOwnRows()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(3, 10, 2));
        var progress = new Reports();
        await index.AppendAsync(Sample.Rows(4, 2500, 2).ToAsyncEnumerable(), progress, Sample.Cancellation);
        Assert.Equal([1024, 2048, 2500], progress.Values);
    }

    [Fact]
    public async Task BadRows_AreRefusedAndNothingIsAppended()
    {
        using var index = await CreateAsync(Sample.Info(2, ElementType.Float16), Sample.Rows(5, 3, 2));
        DatabaseRow[] bad =
        [
            Sample.Row("short", 1), Sample.Row("nan", float.NaN, 1), Sample.Row("infinite", 1, float.PositiveInfinity),
            Sample.Row("beyond-float16", 1e5f, 1), new(new float[] { 1, 2 }, new("")),
            new(new float[] { 1, 2 }, new("thumbnail"), new byte[RowEntry.MaxThumbnailBytes + 1]),
        ];
        foreach (var row in bad)
        {
            DatabaseRow[] rows = [Sample.Row("good", 1, 2), row];
            await Assert.ThrowsAsync<DatabaseException>(() =>
                index.AppendAsync(rows.ToAsyncEnumerable(), cancellationToken: Sample.Cancellation));
        }
        Assert.Equal(3, index.Count);
        Assert.Equal(3, (await index.SearchAsync([1, 0], 9)).Count);
    }

    [Fact]
    public async Task BadQueries_AreRefused()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(5, 3, 2));
        var wrongModel = await Assert.ThrowsAsync<DatabaseException>(() => index.SearchAsync([1, 2, 3], 1));
        Assert.Contains("clip-test", wrongModel.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DatabaseException>(() => index.SearchAsync([1, float.NaN], 1));
        await Assert.ThrowsAsync<DatabaseException>(() => index.GetAsync(3, Sample.Cancellation));
        await Assert.ThrowsAsync<DatabaseException>(() => index.GetAsync(-1, Sample.Cancellation));
    }

    [Fact]
    public async Task Canceled_SearchStops()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(5, 3, 2));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            index.SearchAsync([new float[] { 1, 2 }], 1, null, new(canceled: true)));
    }

    [Fact]
    public async Task Disposed_IndexIsNotSearched()
    {
        var index = await CreateAsync(Sample.Info(2), Sample.Rows(5, 3, 2));
        index.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => index.SearchAsync([1, 2], 1));
    }

    [Fact]
    public async Task HostileImageIds_AreIdsLikeOthers()
    {
        string[] ids = ["\" or row >= 0 or image == \"", "\\", "'", "a\nb", "\u0000", "猫 🐈", "%", "null", new('x', 5000)];
        using var index = await CreateAsync(Sample.Info(2), ids.Select((id, i) => Sample.Row(id, 1, i)));
        foreach (var (i, id) in ids.Index())
        {
            Assert.Equal([i], (await index.FindAsync(id, null, Sample.Cancellation)).Select(found => (int)found.Row));
            Assert.Equal([id], (await index.SearchAsync([1, 0], 99, new(Only: [id]))).Select(found => found.Provenance.ImageId));
            Assert.DoesNotContain(
                id, (await index.SearchAsync([1, 0], 99, new(Except: [id]))).Select(found => found.Provenance.ImageId));
        }
        Assert.Equal(new(2, 1), await index.RemoveAsync(ids[0]));
        Assert.Equal(new(3, 1), await index.PurgeAsync(ids[1]));
        Assert.Equal(ids[2..], await index.ImagesAsync());
    }

    sealed class Reports : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
