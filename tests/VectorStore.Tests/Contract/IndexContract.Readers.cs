using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Contract;

public abstract partial class IndexContract
{
    [Fact]
    public async Task SearchesWhileAppending_SeeWholeCommits()
    {
        const int Dimension = 8, Batch = 50, Batches = 20;
        using var index = await CreateAsync(Sample.Info(Dimension), Sample.Rows(0, Batch, Dimension, "0-"));
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(async () =>
        {
            do
            {
                using var own = reader == 0 ? null : await Home.OpenAsync();
                var found = await (own ?? index).SearchAsync(Sample.Vector(new(reader), Dimension), Batch * Batches);
                Assert.True(found.Count > 0 && found.Count % Batch == 0, $"{found.Count} rows");
                Assert.Equal(
                    Enumerable.Range(0, found.Count).Select(i => (long)i),
                    found.Select(neighbor => neighbor.Row).Order());
                Assert.All(found, neighbor => Assert.Equal(
                    $"{neighbor.Row / Batch}-{neighbor.Row % Batch}", neighbor.Provenance.ImageId));
            } while (!done.IsCancellationRequested);
        }, Sample.Cancellation)).ToArray();

        for (var batch = 1; batch < Batches; batch++)
        {
            var rows = Sample.Rows(batch, Batch, Dimension, $"{batch}-");
            await index.AppendAsync(rows.ToAsyncEnumerable(), cancellationToken: Sample.Cancellation);
        }
        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(Batch * Batches, index.Count);
    }

    [Fact]
    public async Task ReaderOpenedBefore_KeepsItsState()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(0, 3, 2));
        using var reader = await Home.OpenAsync();
        await index.AppendAsync(Sample.Rows(1, 4, 2).ToAsyncEnumerable(), cancellationToken: Sample.Cancellation);
        Assert.Equal(3, (await reader.SearchAsync([1, 0], 99)).Count);
        Assert.Equal(7, (await index.SearchAsync([1, 0], 99)).Count);
    }

    [Fact]
    public async Task RefreshedReader_SeesWhatOthersChanged()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(0, 3, 2));
        using var reader = await Home.OpenAsync();
        Assert.Equal(1, await reader.RefreshAsync(Sample.Cancellation));
        await index.RemoveAsync("1");
        Assert.Equal(1, reader.Version);
        Assert.Equal(2, await reader.RefreshAsync(Sample.Cancellation));
        Assert.Equal(["0", "2"], await reader.ImagesAsync());
    }

    [Fact]
    public async Task ReaderAskedForANewerVersion_FindsItByItself()
    {
        using var index = await CreateAsync(Sample.Info(2), Sample.Rows(0, 3, 2));
        using var reader = await Home.OpenAsync();
        await index.AppendAsync(Sample.Row("new", 1, 2));
        Assert.Equal(["0", "1", "2", "new"], await reader.ImagesAsync(2));
    }
}
