using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Embedded;

public sealed class OlderFormat_Tests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task DatabaseFromBeforeVersions_IsVersionOneAndStaysUntouchedByReaders()
    {
        var shipped = Path.Combine(Fixtures.Root, "models", "preview-rdm", "databases", "streamline-emojis");
        foreach (var file in Directory.GetFiles(shipped))
            File.Copy(file, Path.Combine(Directory.CreateDirectory(folder["db"]).FullName, Path.GetFileName(file)));
        var before = ReadAll();
        using var index = EmbeddedIndex.Open(folder["db"]);
        var images = await index.ImagesAsync();
        Assert.Equal(new DatabaseVersion(1, index.Info.Created, index.Count, 0), Assert.Single(index.Versions));
        Assert.Equal(images, await index.ImagesAsync(1));
        Assert.Empty(await index.ImagesAsync(0));
        Assert.Equal(before, ReadAll());

        Assert.Equal(new(2, 1), await index.RemoveAsync(images.First()));
        using var reopened = EmbeddedIndex.Open(folder["db"]);
        Assert.Equal(images.Skip(1), await reopened.ImagesAsync());
        Assert.Equal(images, await reopened.ImagesAsync(1));
        Assert.Equal(index.Info.Created, reopened.Versions[0].Created);
    }

    public void Dispose() => folder.Dispose();

    SortedDictionary<string, byte[]> ReadAll() =>
        new(Directory.GetFiles(folder["db"]).ToDictionary(file => file, File.ReadAllBytes));
}
