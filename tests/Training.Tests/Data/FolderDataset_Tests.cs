namespace RdmCloud.Training.Data;

public sealed class FolderDataset_Tests : IDisposable
{
    readonly TemporaryFolder _pictures = new();
    readonly TemporaryFolder _output = new();
    readonly List<string> _bad = [];

    public FolderDataset_Tests()
    {
        foreach (var name in (string[])["ink/red-fox.png", "ink/b.png", "flat/c.png", "flat/d.png"])
            _pictures.Write(name, Rasterizer.Png([.. Enumerable.Repeat((byte)name.Length, 3 * 20 * 20)], 20));
        _pictures.Write("ink/b.txt", "A blue\nboat\n");
        _pictures.Write("flat/broken.png", "no picture");
        _pictures.Write("metadata.jsonl", """
            {"file": "flat/c.png", "title": "Red fox", "author": "Ada", "license": "MIT", "source": "https://example.org/c"}
            {"file": "flat/d.png", "title": "Red fox"}
            """);
    }

    public void Dispose()
    {
        _pictures.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Captions_ComeFromMetadataElseATextElseTheName()
    {
        var images = await PrepareAsync();

        Assert.Equal(["Red fox", "Red fox", "A blue boat", "red fox"], images.Select(image => image.Name));
        Assert.Equal(
            ["flat/red-fox.png", "flat/red-fox_2.png", "ink/a-blue-boat.png", "ink/red-fox.png"],
            images.Select(image => image.File));
        Assert.Equal(2, images.Select(image => image.Key).Distinct().Count());
        Assert.Equal(("MIT", "Ada", "https://example.org/c"), (images[0].License, images[0].Author, images[0].Source));
        Assert.Equal(("CC0-1.0", "ink/b.png"), (images[2].License, images[2].Source));
        Assert.Equal("flat/broken.png", Assert.Single(_bad));
        Assert.Equivalent(
            images, await DatasetManifest.ReadAsync(_output.Path, TestContext.Current.CancellationToken), strict: true);
    }

    [Fact]
    public async Task SecondRun_WritesTheSameBytes()
    {
        await PrepareAsync();
        var first = Contents();
        await PrepareAsync();
        Assert.Equal(first, Contents());
        Assert.Contains("flat/metadata.jsonl", first.Keys);
    }

    [Fact]
    public async Task FolderWithoutPictures_IsRefused()
    {
        using var empty = new TemporaryFolder();
        await Assert.ThrowsAsync<DatasetException>(
            () => new FolderDataset(empty.Path, null, (_, _) => { })
                .PrepareAsync(_output.Path, 16, null, TestContext.Current.CancellationToken));
    }

    Task<IReadOnlyList<DatasetImage>> PrepareAsync() =>
        new FolderDataset(_pictures.Path, "CC0-1.0", (name, _) => _bad.Add(name))
            .PrepareAsync(_output.Path, 16, null, TestContext.Current.CancellationToken);

    Dictionary<string, string> Contents() => Directory.EnumerateFiles(_output.Path, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(_output.Path, file), file => Convert.ToHexString(File.ReadAllBytes(file)));
}
