namespace RdmCloud.Training.Data;

public sealed class IconSet_Tests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Alias_TakesItsParentMirroredAndTurned()
    {
        var set = Read("""
            {
              "width": 32, "height": 16,
              "icons": { "arrow": { "body": "<path/>" } },
              "aliases": { "left": { "parent": "arrow", "hFlip": true }, "down": { "parent": "left", "hFlip": true, "rotate": 1 } }
            }
            """);

        Assert.Equal(["arrow", "left", "down"], set.Icons.Select(icon => icon.Name));
        Assert.Equal("<g transform=\"translate(32 0) scale(-1 1)\"><path/></g>", set.Icons[1].Icon.Body);
        Assert.Equal("<g transform=\"rotate(90 16 8)\"><path/></g>", set.Icons[2].Icon.Body);
    }

    [Fact]
    public void OblongIcon_IsCenteredInASquare()
    {
        var icon = new Icon("<path fill=\"currentColor\"/>", 2, 4, 32, 16);

        var svg = icon.ToSvg(64);

        Assert.Contains("viewBox=\"2 -4 32 32\"", svg);
        Assert.Contains("fill=\"#000\"", svg);
    }

    [Fact]
    public void CodePoints_BecomeKeys()
    {
        var set = Read("""{ "icons": { "sun": { "body": "" } } }""", """{ "2600-fe0f": "sun" }""");

        Assert.Equal([("2600", "sun")], set.Characters);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "icons": { "sun": { "body": 5 } } }""")]
    [InlineData("""{ "icons": {}, "aliases": { "a": { "parent": "b" }, "b": { "parent": "a" } } }""")]
    [InlineData("""{ "icons": {}, "aliases": { "a": { "parent": "nowhere" } } }""")]
    public void DamagedSet_IsRefusedWithItsPath(string icons)
    {
        var error = Assert.Throws<DatasetException>(() => Read(icons));

        Assert.Contains("icons.json", error.Message);
    }

    IconSet Read(string icons, string characters = "{}")
    {
        _folder.Write("set/icons.json", icons);
        _folder.Write("set/chars.json", characters);
        return IconSet.Read(new PackageFolder(_folder.Path), "set");
    }
}
