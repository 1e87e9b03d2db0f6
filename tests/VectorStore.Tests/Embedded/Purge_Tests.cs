using System.Runtime.InteropServices;
using System.Text;
using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Embedded;

public sealed class Purge_Tests : IDisposable
{
    const int RowBytes = 64;

    readonly TemporaryFolder folder = new();
    readonly List<DatabaseRow> rows = [.. Sample.Rows(1, 6, 5, "picture-").Select((row, i) =>
        row with { Thumbnail = Encoding.ASCII.GetBytes($"thumbnail of {i}, " + new string('.', i * 50_000)) })];

    [Fact]
    public async Task PurgedImage_IsInNoVersionAndInNoFile()
    {
        using var index = await Sample.CreateAsync(folder["db"], Sample.Info(5), rows);
        await index.RemoveAsync("picture-1");
        Assert.Equal(new(3, 2), await index.PurgeAsync("picture-1", "picture-4"));

        foreach (var version in (long[])[1, 2, 3])
            Assert.Equal(["picture-0", "picture-2", "picture-3", "picture-5"], await index.ImagesAsync(version));
        Assert.Equal(4, index.Count);
        var purged = await Assert.ThrowsAsync<DatabaseException>(() => index.GetAsync(4, Sample.Cancellation));
        Assert.Contains("purged", purged.Message, StringComparison.Ordinal);
        Assert.Empty(await index.FindAsync("picture-4", 1, Sample.Cancellation));
        AssertTraces(0, 2, 3, 5);
        await AssertOthersAreWholeAsync();
    }

    [Fact]
    public async Task RemovedImage_IsPurgedWithoutANewVersion()
    {
        using var index = await Sample.CreateAsync(folder["db"], Sample.Info(5), rows);
        await index.RemoveAsync("picture-1");
        Assert.Equal(new(2, 1), await index.PurgeAsync("picture-1"));
        Assert.Equal(new(2, 0), await index.PurgeAsync("picture-1"));
        Assert.DoesNotContain("picture-1", await index.ImagesAsync(1));
        AssertTraces(0, 2, 3, 4, 5);
    }

    [Fact]
    public async Task CutShortAnywhere_HidesTheImageAndTheNextChangeOverwritesIt()
    {
        (await Sample.CreateAsync(folder["db"], Sample.Info(5), rows)).Dispose();
        using (var writer = new Writer(new(folder["db"]), Sample.Info(5)))
        {
            writer.Remove([1, 4]);
            writer.Purge([1, 4]);
            writer.Commit(TimeProvider.System);
        }
        var committed = ReadAll();
        using (new Writer(new(folder["db"]), Sample.Info(5)))
            AssertTraces(0, 2, 3, 5);
        var erased = ReadAll();

        var random = new Random(5);
        for (var crash = 0; crash < 40; crash++)
        {
            Write(committed);
            foreach (var name in (string[])["vectors.bin", "inverse-norms.bin", "records.bin", "thumbnails.bin"])
                Mix(name, crash == 0 ? 0 : random.NextDouble());
            if (crash > 0)
                Mark();
            if (crash == 1) // all but the last commit
                Write(erased.Where(item => item.Key != "commit.json"));

            using (var reader = EmbeddedIndex.Open(folder["db"]))
                foreach (var version in (long[])[1, 2])
                    Assert.Equal(["picture-0", "picture-2", "picture-3", "picture-5"], await reader.ImagesAsync(version));
            using (var index = EmbeddedIndex.Open(folder["db"]))
                Assert.Equal(new(2, 0), await index.PurgeAsync("picture-1", "picture-4"));
            AssertTraces(0, 2, 3, 5);
            await AssertOthersAreWholeAsync();
        }

        void Mix(string name, double part)
        {
            var end = (int)(committed[name].Length * part);
            Write([new(name, [.. erased[name][..end], .. committed[name][end..]])]);
        }
    }

    [Fact]
    public async Task ReaderOfAnEarlierState_LooksForTheNewerOne()
    {
        using var index = await Sample.CreateAsync(folder["db"], Sample.Info(5), rows);
        using var reader = EmbeddedIndex.Open(folder["db"]);
        await index.PurgeAsync("picture-1");
        Assert.Equal(5, (await reader.SearchAsync(rows[1].Embedding.ToArray(), 6)).Count);
        Assert.Equal(2, reader.Version);
    }

    [Fact]
    public async Task ReaderInTheMidstOfAnErasure_TakesNoZerosForARow()
    {
        (await Sample.CreateAsync(folder["db"], Sample.Info(5), rows)).Dispose();
        using var reader = EmbeddedIndex.Open(folder["db"]);
        using (var writer = new Writer(new(folder["db"]), Sample.Info(5)))
        {
            writer.Purge([1]);
            writer.Commit(TimeProvider.System);
        }
        WriteAt("rows.bin", 2 * RowEntry.Size - sizeof(uint), [1]);
        WriteAt("vectors.bin", 1 * RowBytes, new byte[RowBytes]);

        var found = await reader.SearchAsync(rows[0].Embedding.ToArray(), 6);
        Assert.Equal([0, 2, 3, 4, 5], found.Select(neighbor => neighbor.Row).Order());
    }

    public void Dispose() => folder.Dispose();

    /// <summary>As an erasure begins: the rows' entries tell of it.</summary>
    void Mark()
    {
        var bytes = ReadAll()["rows.bin"];
        foreach (var row in (int[])[1, 4])
            bytes[(row + 1) * RowEntry.Size - sizeof(uint)] = 1;
        Write([new("rows.bin", bytes)]);
    }

    void WriteAt(string name, long position, byte[] bytes)
    {
        using var stream = new FileStream(Path.Combine(folder["db"], name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Position = position;
        stream.Write(bytes);
    }

    async Task AssertOthersAreWholeAsync()
    {
        using var index = EmbeddedIndex.Open(folder["db"]);
        foreach (var row in (int[])[0, 2, 3, 5])
        {
            var read = await index.GetAsync(row, Sample.Cancellation);
            Assert.Equal(rows[row].Embedding, read.Embedding);
            Assert.Equal(rows[row].Provenance, read.Provenance);
            Assert.Equal(rows[row].Thumbnail, read.Thumbnail);
        }
    }

    /// <summary>The files hold id, title, thumbnail and embedding of these rows only.</summary>
    void AssertTraces(params int[] expected)
    {
        var files = ReadAll();
        Assert.Equal(expected, Traces("records.bin", i => Encoding.ASCII.GetBytes($"picture-{i}")));
        Assert.Equal(expected, Traces("thumbnails.bin", i => Encoding.ASCII.GetBytes($"thumbnail of {i}")));
        Assert.Equal(expected, Traces("vectors.bin", i => MemoryMarshal.AsBytes(rows[i].Embedding.Span).ToArray()));
        Assert.Equal(expected, Traces("rows.bin", i => BitConverter.GetBytes(RowEntry.HashImageId($"picture-{i}"))));
        Assert.Equal(rows.Count * RowBytes, files["vectors.bin"].Length);

        IEnumerable<int> Traces(string name, Func<int, byte[]> trace) =>
            Enumerable.Range(0, rows.Count).Where(i => files[name].AsSpan().IndexOf(trace(i)) >= 0);
    }

    Dictionary<string, byte[]> ReadAll() => new DirectoryInfo(folder["db"]).GetFiles()
        .Where(file => file.Name != "writer.lock").ToDictionary(file => file.Name, file => File.ReadAllBytes(file.FullName));

    void Write(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        foreach (var (name, bytes) in files)
            File.WriteAllBytes(Path.Combine(folder["db"], name), bytes);
    }
}
