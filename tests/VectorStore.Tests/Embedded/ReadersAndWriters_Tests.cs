using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Embedded;

public sealed class ReadersAndWriters_Tests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task SecondWriter_IsToldToWait()
    {
        using var index = await Sample.CreateAsync(folder["db"], Sample.Info(2), Sample.Rows(0, 3, 2));
        using var other = EmbeddedIndex.Open(folder["db"]);
        var reached = new TaskCompletionSource();
        var proceed = new TaskCompletionSource();
        var first = index.AppendAsync(Waiting(), cancellationToken: Sample.Cancellation);
        await reached.Task;

        var refused = await Assert.ThrowsAsync<DatabaseException>(() => AppendAsync(other));
        Assert.Contains("writer", refused.Message, StringComparison.Ordinal);
        proceed.SetResult();
        await first;
        await AppendAsync(other);
        Assert.Equal(5, other.Count);

        async IAsyncEnumerable<DatabaseRow> Waiting()
        {
            reached.SetResult();
            await proceed.Task;
            yield return Sample.Row("a", 1, 2);
        }

        static Task AppendAsync(EmbeddedIndex index) =>
            index.AppendAsync(new[] { Sample.Row("b", 3, 4) }.ToAsyncEnumerable(), cancellationToken: Sample.Cancellation);
    }

    [Fact]
    public async Task SearchesWhileChanging_SeeWholeVersionsAndNothingPurged()
    {
        const int Dimension = 8, Batch = 20, Batches = 30;
        using var index = await Sample.CreateAsync(folder["db"], Sample.Info(Dimension), Sample.Rows(0, Batch, Dimension, "0-"));
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(async () =>
        {
            using var own = EmbeddedIndex.Open(folder["db"]);
            do
            {
                var images = (await (reader == 0 ? index : own).ImagesAsync()).ToList();
                Assert.Equal(Batch, images.Count);
                Assert.Single(images.Select(imageId => imageId.Split('-')[0]).Distinct());
                if (reader == 1)
                    await own.RefreshAsync(Sample.Cancellation);
            } while (!done.IsCancellationRequested);
        }, Sample.Cancellation)).ToArray();

        for (var batch = 1; batch < Batches; batch++)
        {
            using (var writer = new Writer(new(folder["db"]), index.Info)) // one version takes the place of the other
            {
                writer.Remove(Enumerable.Range((batch - 1) * Batch, Batch).Select(row => (long)row));
                foreach (var row in Sample.Rows(batch, Batch, Dimension, $"{batch}-"))
                    writer.Append(new RowEncoder(index.Info).Encode(row));
                writer.Commit(TimeProvider.System);
            }
            await index.RefreshAsync(Sample.Cancellation);
            await index.PurgeAsync([.. Enumerable.Range(0, Batch).Select(i => $"{batch - 1}-{i}")], Sample.Cancellation);
        }
        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(Batch, index.Count);
    }

    public void Dispose() => folder.Dispose();
}
