using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// Whatever instant a removal or replacement dies at, all versions before it are whole, and the next change works.
/// </summary>
public sealed class CrashWhileChanging_Tests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task BetweenAnyTwoWrites_LeavesTheLastVersion()
    {
        using (var index = await Sample.CreateAsync(folder["db"], Sample.Info(2), Sample.Rows(1, 6, 2)))
            await index.RemoveAsync("2");
        var committed = ReadAll();
        using (var index = EmbeddedIndex.Open(folder["db"]))
            Assert.Equal(3, await index.UpsertAsync(Sample.Row("0", 9, 9), Sample.Row("1", 9, 9), Sample.Row("new", 1, 1)));
        var written = ReadAll();

        var random = new Random(4);
        for (var crash = 0; crash < 60; crash++)
        {
            foreach (var (file, bytes) in committed)
                File.WriteAllBytes(file, Path.GetExtension(file) == ".bin"
                    ? written[file][..random.Next(bytes.Length, written[file].Length + 1)] // each got some way
                    : bytes);
            using var index = EmbeddedIndex.Open(folder["db"]);
            await AssertEarlierAsync(index);
            Assert.Equal(new(3, 1), await index.RemoveAsync("5"));
            using var reopened = EmbeddedIndex.Open(folder["db"]);
            Assert.Equal(["0", "1", "3", "4"], await reopened.ImagesAsync(3));
            await AssertEarlierAsync(reopened);
        }
    }

    [Theory]
    [InlineData("versions.bin")]
    [InlineData("removals.bin")]
    public async Task DamagedHistory_IsSaidWithTheFilesName(string name)
    {
        using (var index = await Sample.CreateAsync(folder["db"], Sample.Info(2), Sample.Rows(1, 6, 2)))
            await index.RemoveAsync("2");
        var bytes = await File.ReadAllBytesAsync(folder["db/" + name], Sample.Cancellation);
        for (var place = 0; place < bytes.Length; place++)
        {
            bytes[place] ^= 1;
            File.WriteAllBytes(folder["db/" + name], bytes);
            AssertRefused(name);
            bytes[place] ^= 1;
        }
        File.WriteAllBytes(folder["db/" + name], bytes[..^1]);
        AssertRefused(name);
        File.Delete(folder["db/" + name]);
        AssertRefused(name);
    }

    public void Dispose() => folder.Dispose();

    void AssertRefused(string name) => Assert.Contains(
        name, Assert.Throws<DatabaseException>(() => EmbeddedIndex.Open(folder["db"])).Message, StringComparison.Ordinal);

    static async Task AssertEarlierAsync(EmbeddedIndex index)
    {
        Assert.Equal(["0", "1", "2", "3", "4", "5"], await index.ImagesAsync(1));
        Assert.Equal(["0", "1", "3", "4", "5"], await index.ImagesAsync(2));
    }

    Dictionary<string, byte[]> ReadAll() => Directory.GetFiles(folder["db"]).ToDictionary(file => file, File.ReadAllBytes);
}
