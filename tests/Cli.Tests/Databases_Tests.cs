using System.Text.Json.Nodes;

namespace RdmCloud.Cli;

[Trait("Category", "EndToEnd")]
public sealed class Databases_Tests(Workshop workshop) : RdmTest(workshop)
{
    [Fact]
    public async Task Folder_BecomesADatabaseWithProvenance_AndABrokenPictureDoesNotStopIt()
    {
        Shapes.Write(this["pictures"]);
        var run = await RunAsync(
            "databases", "import", "pictures", "-o", "shapes", "--license", "CC-BY-4.0", "--dtype", "float32");
        run.Succeeded();
        Assert.Contains("broken.png", Assert.Single(run.Error.TrimEnd('\n').Split('\n')));
        var info = await InfoAsync("shapes");
        Assert.Equal(Shapes.Count, (int?)info["count"]);
        Assert.Equal("float32", (string?)info["database"]!["elementType"]);

        var known = await SearchAsync("shapes", "--image", "pictures/blue-square.png", "-k", "1");
        Assert.Equal("blue-square A blue square Ada CC0-1.0 https://example.org/blue-square", Told(known));
        Assert.Equal(1, (double)known["score"]!, 3);
        Assert.Equal(
            "red/red-disc.png   CC-BY-4.0 ",
            Told(await SearchAsync("shapes", "--image", "pictures/red/red-disc.png", "-k", "1")));
        Assert.NotNull((await SearchAsync("shapes", "a red disc", "-k", "3"))["id"]);
        var like = await RunAsync("databases", "search", "shapes", "--image", "pictures/blue-square.png");
        Assert.Contains("blue-square", like.Succeeded());
    }

    [Fact]
    public async Task Database_IsExtended()
    {
        Shapes.Write(this["pictures"]);
        (await RunAsync("databases", "import", "pictures", "-o", "shapes")).Succeeded();
        Directory.Move(this["pictures/red"], this["more"]);
        (await RunAsync("databases", "import", "more", "-o", "shapes")).Succeeded();
        Assert.Equal(Shapes.Count + 3, (int?)(await InfoAsync("shapes"))["count"]);
        var typed = await RunAsync("databases", "import", "more", "-o", "shapes", "--dtype", "float32");
        Assert.Contains("--dtype", typed.Refused(exitCode: 2));
    }

    [Fact]
    public async Task Archive_IsReadInPlace_AndWhatHarmsIsRefused()
    {
        var zip = Shapes.Zip(Shapes.Write(this["pictures"]), this["pictures.zip"]);
        var run = await RunAsync("databases", "import", zip, "-o", "zipped");
        run.Succeeded();
        Assert.Equal(Shapes.Count, (int?)(await InfoAsync("zipped"))["count"]);
        var refused = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(3, refused.Length);
        foreach (var name in (string[])["../escaped.png", "bomb.png", "broken.png"])
            Assert.Single(refused, line => line.Contains($": {name}: ", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(Folder)!, "escaped.png")));
    }

    [Fact]
    public async Task DamagedMetadata_IsAnErrorWithItsLine()
    {
        Shapes.Write(this["pictures"]);
        File.AppendAllText(this["pictures/metadata.jsonl"], "\n{\"file\": 3}\n");
        var run = await RunAsync("databases", "import", "pictures", "-o", "shapes");
        Assert.Contains($"metadata.jsonl, line {Shapes.Count - 3 + 2}", run.Refused(exitCode: 1));
        Assert.False(Directory.Exists(this["shapes"]));
    }

    [Fact]
    public async Task OriginalsParts_BecomeADatabase()
    {
        var parts = Fixtures.Find("database-compvis-npz");
        var run = await RunAsync("databases", "import", parts, "-o", "original");
        Assert.SkipWhen(run.ExitCode == 2, $"the fixtures' database does not fit their model: {run.Error}");
        run.Succeeded();
        Assert.True((int?)(await InfoAsync("original"))["count"] > 0);
        var report = await GenerateJsonAsync("a cat", "--database", "original", "-k", "3", "-n", "1");
        Assert.All(Ids(report["pictures"]![0]!["parameters"]!["neighbors"]), id => Assert.StartsWith("original/", id));
    }

    [Fact]
    public async Task DatabaseOfAnotherClip_IsRefused()
    {
        Shapes.Write(this["pictures"]);
        (await RunAsync("databases", "import", "pictures", "-o", "foreign")).Succeeded();
        var description = this["foreign/database.json"];
        var json = JsonNode.Parse(File.ReadAllText(description))!;
        json["database"]!["embeddingSpace"] = "sha256:0123456789abcdef";
        File.WriteAllText(description, json.ToJsonString());
        string[][] lines =
        [
            ["generate", "x", "--database", "foreign"],
            ["databases", "search", "foreign", "x"],
            ["databases", "import", "pictures", "-o", "foreign"],
        ];
        foreach (var arguments in lines)
            Assert.Contains("another CLIP", (await RunAsync(arguments)).Refused(exitCode: 2));
    }

    async Task<JsonNode> InfoAsync(string database) =>
        JsonNode.Parse((await RunAsync("databases", "info", database, "--json")).Succeeded())!;

    async Task<JsonNode> SearchAsync(params string[] arguments) =>
        JsonNode.Parse((await RunAsync(["databases", "search", .. arguments, "--json"])).Succeeded())!["neighbors"]![0]!;

    static string Told(JsonNode neighbor) => string.Join(
        ' ', ((string[])["id", "title", "author", "license", "source"]).Select(name => (string?)neighbor[name]));
}
