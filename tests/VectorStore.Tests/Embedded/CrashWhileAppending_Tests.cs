using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// Whatever instant a writer dies at, the database is as the last complete append left it, and takes the next one.
/// </summary>
public sealed class CrashWhileAppending_Tests : IDisposable
{
    static readonly string[] DataFiles =
        ["vectors.bin", "inverse-norms.bin", "rows.bin", "records.bin", "thumbnails.bin", "versions.bin"];

    readonly TemporaryFolder folder = new();
    readonly List<DatabaseRow> before = Sample.Rows(1, 9, 5, "before");
    readonly List<DatabaseRow> lost = Sample.Rows(2, 40, 5, "lost");
    readonly List<DatabaseRow> next = Sample.Rows(3, 6, 5, "next");

    [Fact]
    public async Task BetweenAnyTwoWrites_LeavesTheLastCommit()
    {
        (await Sample.CreateAsync(folder["db"], Sample.Info(5), before)).Dispose();
        var committed = ReadAll();
        using (var index = EmbeddedIndex.Open(folder["db"]))
            await index.AppendAsync(lost.ToAsyncEnumerable(), cancellationToken: Sample.Cancellation);
        var written = ReadAll();

        var random = new Random(4);
        for (var crash = 0; crash < 60; crash++)
        {
            foreach (var (file, bytes) in committed)
                File.WriteAllBytes(file, bytes);
            foreach (var file in DataFiles.Select(name => Path.Combine(folder["db"], name))) // each got some way
                File.WriteAllBytes(file, written[file][..random.Next(committed[file].Length, written[file].Length + 1)]);
            if (crash % 2 == 0)
                File.WriteAllText(Path.Combine(folder["db"], "commit.json.tmp"), "{\"rows\":4");
            await AssertHoldsAsync(before);
            await AppendNextAsync();
        }
    }

    [Fact]
    public async Task GarbageBehindEveryFile_IsIgnoredAndOverwritten()
    {
        (await Sample.CreateAsync(folder["db"], Sample.Info(5), before)).Dispose();
        foreach (var name in DataFiles)
            await File.AppendAllTextAsync(Path.Combine(folder["db"], name), new string('x', 1000), Sample.Cancellation);
        await AssertHoldsAsync(before);
        await AppendNextAsync();
    }

    [Fact]
    public async Task RowsThatFailMidway_LeaveTheLastCommit()
    {
        using var index = await Sample.CreateAsync(folder["db"], Sample.Info(5), before);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            index.AppendAsync(Failing(), cancellationToken: Sample.Cancellation));
        await AssertHoldsAsync(before);
        await AppendNextAsync();

        async IAsyncEnumerable<DatabaseRow> Failing()
        {
            foreach (var row in lost)
                yield return row;
            await Task.Yield();
            throw new InvalidOperationException("the source broke");
        }
    }

    [Fact]
    public async Task CanceledAppend_LeavesTheLastCommit()
    {
        using var index = await Sample.CreateAsync(folder["db"], Sample.Info(5), before);
        using var cancellation = new CancellationTokenSource();
        var rows = lost.Select((row, i) =>
        {
            if (i == 20)
                cancellation.Cancel();
            return row;
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            index.AppendAsync(rows.ToAsyncEnumerable(), null, cancellation.Token));
        await AssertHoldsAsync(before);
    }

    [Theory]
    [InlineData("vectors.bin")]
    [InlineData("inverse-norms.bin")]
    [InlineData("rows.bin")]
    [InlineData("records.bin")]
    [InlineData("thumbnails.bin")]
    [InlineData("versions.bin")]
    [InlineData("commit.json")]
    [InlineData("database.json")]
    public async Task CommittedBytesMissing_IsSaidWithTheFilesName(string name)
    {
        (await Sample.CreateAsync(folder["db"], Sample.Info(5), before)).Dispose();
        using (var stream = File.OpenWrite(Path.Combine(folder["db"], name)))
            stream.SetLength(stream.Length - 1);
        AssertRefused(name);
        File.Delete(Path.Combine(folder["db"], name));
        AssertRefused(name);
    }

    public void Dispose() => folder.Dispose();

    void AssertRefused(string name) => Assert.Contains(
        name, Assert.Throws<DatabaseException>(() => EmbeddedIndex.Open(folder["db"])).Message, StringComparison.Ordinal);

    Dictionary<string, byte[]> ReadAll() => Directory.GetFiles(folder["db"]).ToDictionary(file => file, File.ReadAllBytes);

    async Task AppendNextAsync()
    {
        using (var index = EmbeddedIndex.Open(folder["db"]))
            await index.AppendAsync(next.ToAsyncEnumerable(), cancellationToken: Sample.Cancellation);
        await AssertHoldsAsync([.. before, .. next]);
    }

    async Task AssertHoldsAsync(List<DatabaseRow> expected)
    {
        using var index = EmbeddedIndex.Open(folder["db"]);
        var found = await index.SearchAsync([1, 2, 3, 4, 5], 1000);
        Assert.Equal(
            expected.Select(row => row.Provenance),
            found.OrderBy(neighbor => neighbor.Row).Select(neighbor => neighbor.Provenance));
        for (var i = 0; i < expected.Count; i++)
        {
            var row = await index.GetAsync(i, Sample.Cancellation);
            Assert.Equal(expected[i].Embedding, row.Embedding);
            Assert.Equal(expected[i].Thumbnail, row.Thumbnail);
        }
    }
}
