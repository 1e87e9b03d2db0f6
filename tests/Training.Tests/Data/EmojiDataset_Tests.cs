namespace RdmCloud.Training.Data;

public sealed class EmojiDataset_Tests : IDisposable
{
    static readonly EmojiHand Color =
        new("color", "@test/color", HandFormat.EmojiIcons, "flat", "MIT", "A. Painter");

    static readonly EmojiHand Ink =
        new("ink", "@test/color", HandFormat.EmojiIcons, "ink", "CC-BY-4.0", "B. Drawer", IsMonochrome: true);

    readonly TemporaryFolder _packages = new();
    readonly TemporaryFolder _output = new();

    public EmojiDataset_Tests()
    {
        _packages.Write("node_modules/unicode-emoji-json/data-by-emoji.json", """
            {
              "🦊": { "name": "fox", "group": "Animals & Nature" },
              "☀️": { "name": "sun", "group": "Travel & Places" },
              "🟥": { "name": "red square", "group": "Symbols" },
              "🌞": { "name": "sun with face", "group": "Travel & Places" },
              "🏁": { "name": "chequered flag", "group": "Flags" }
            }
            """);
        _packages.Write(
            "node_modules/emojilib/dist/emoji-en-US.json", """{ "🦊": ["fox", "wild_animal", ":)"], "☀": ["Weather"] }""");
        _packages.Write("node_modules/cldr-annotations-full/annotations/en/annotations.json", """
            { "annotations": { "annotations": { "🦊": { "default": ["face"], "tts": ["fox"] } } } }
            """);
        _packages.Write("node_modules/emoji-datasource/emoji.json", """
            [{ "name": null, "unified": "1F98A", "short_names": ["fox_face"] }]
            """);
        _packages.Write("node_modules/@test/color/package.json", """{ "version": "1.2.3" }""");
        _packages.Write("node_modules/@test/color/chars.json", """{ "1f98a": "reynard" }""");
        _packages.Write("node_modules/@test/color/icons.json", """
            {
              "icons": {
                "reynard": { "body": "<path fill=\"#f60\" d=\"M0 0h8v8H0z\"/>" },
                "sun": { "body": "<path fill=\"#fc0\" d=\"M4 4h8v8H4z\"/>" },
                "red-square": { "body": "<path fill=\"#f00\" d=\"M2 2h12v12H2z\"/>" },
                "chequered-flag": { "body": "<path d=\"M2 2h12v12H2z\"/>" }
              },
              "aliases": { "sun-with-face": { "parent": "sun" } }
            }
            """);
    }

    public void Dispose()
    {
        _packages.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Manifest_NamesEveryPictureWithItsWordsSourceAndLicense()
    {
        var manifest = await PrepareAsync(Color);

        Assert.Equal(["color/1f98a.png", "color/2600.png", "color/1f7e5.png"], manifest.Select(image => image.File));
        Assert.Equivalent(
            new DatasetImage(
                "color/1f98a.png", "color", "1f98a", "fox", ["face"], ["wild animal"], "Animals & Nature", "train",
                "@test/color@1.2.3", "MIT", "A. Painter"),
            manifest[0], strict: true);
        Assert.Equivalent(
            manifest, await DatasetManifest.ReadAsync(_output.Path, TestContext.Current.CancellationToken), strict: true);
        Assert.All(manifest, image => Assert.True(File.Exists(Path.Combine(_output.Path, image.File))));
    }

    [Fact]
    public async Task MonochromeHand_HasNoSubjectsNamedForTheirColor()
    {
        var manifest = await PrepareAsync(Ink);

        Assert.Equal(["fox", "sun"], manifest.Select(image => image.Name));
    }

    [Fact]
    public async Task SecondRun_WritesTheSameBytes()
    {
        await PrepareAsync(Color, Ink);
        var first = Contents();

        await PrepareAsync(Color, Ink);

        Assert.Equal(first, Contents());
        Assert.Contains("split.json", first.Keys);
    }

    [Fact]
    public async Task MissingPackage_IsNamedAndNothingIsWritten()
    {
        var missing = Color with { Package = "@test/missing" };

        var error = await Assert.ThrowsAsync<DatasetException>(() => PrepareAsync(Color, missing));

        Assert.Contains("npm install --ignore-scripts @test/missing", error.Message);
        Assert.Empty(Contents());
    }

    [Fact]
    public async Task BrokenPicture_IsToldAsSuch()
    {
        _packages.Write("node_modules/@test/color/icons.json", """{ "icons": { "sun": { "body": "<path" } } }""");

        var error = await Assert.ThrowsAsync<DatasetException>(() => PrepareAsync(Color));

        Assert.Contains("Cannot draw", error.Message);
    }

    [Fact]
    public async Task DamagedManifest_IsRefusedWithTheLine()
    {
        _output.Write(DatasetManifest.FileName, "{}\n");

        var error = await Assert.ThrowsAsync<DatasetException>(
            () => DatasetManifest.ReadAsync(_output.Path, TestContext.Current.CancellationToken));

        Assert.Contains("line 1", error.Message);
    }

    Task<IReadOnlyList<DatasetImage>> PrepareAsync(params EmojiHand[] hands) => EmojiDataset.PrepareAsync(
        _packages.Path, _output.Path, 16, hands, progress: null, TestContext.Current.CancellationToken);

    Dictionary<string, string> Contents() => Directory.EnumerateFiles(_output.Path, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(_output.Path, file), file => Convert.ToHexString(File.ReadAllBytes(file)));
}
