using System.Text.Json.Nodes;

namespace RdmCloud.Cli;

[Trait("Category", "EndToEnd")]
public sealed class Models_Tests(Workshop workshop) : RdmTest(workshop)
{
    [Fact]
    public async Task Info_TellsWhatAModelIs()
    {
        var info = JsonNode.Parse((await RunAsync("models", "info", await ModelAsync(), "--verify", "--json")).Succeeded())!;
        Assert.Equal("tiny-rdm", (string?)info["name"]);
        Assert.True((bool?)info["verified"]);
        Assert.Equal(["more", "shapes"], info["styles"]!.AsArray().Select(style => (string)style!));
        Assert.Contains("more, shapes", (await RunAsync("models", "info", await ModelAsync())).Succeeded());
    }

    [Fact]
    public async Task ModelThatWasTamperedWith_IsFoundOut()
    {
        Copy(await ModelAsync(), this["model"]);
        using (var part = File.OpenWrite(this["model/network.safetensors"]))
        {
            part.Position = part.Length - 1;
            part.WriteByte(0x55);
        }
        Assert.Contains("network.safetensors", (await RunAsync("models", "info", "model", "--verify")).Refused(exitCode: 1));
    }

    [Fact]
    public async Task ModelsFolder_IsFoundFromBelow()
    {
        Copy(await ModelAsync(), this["models/some-rdm"]);
        var below = Directory.CreateDirectory(this["a/b"]).FullName;
        var run = await Rdm.RunAsync(
            below, model: null, "generate", "x", "-n", "1", "--steps", "1", "--style", "shapes", "-o", "x.png");
        run.Succeeded();
        Assert.True(File.Exists(Path.Combine(below, "x.png")));
    }

    [Fact]
    public async Task ModelWithoutClip_DrawsFromNeighborsAlone()
    {
        var pipeline = Fixtures.Find("pipeline", "model.ckpt", "config.yaml");
        var imported = await RunAsync("models", "import", Path.Combine(pipeline, "model.ckpt"), "-o", "mute");
        imported.Succeeded();
        Assert.Contains("--clip", Assert.Single(imported.Error.TrimEnd('\n').Split('\n')));
        var shapes = Path.Combine(await ModelAsync(), "databases", "shapes");
        var prompted = await RunAsync("generate", "x", "--model", "mute", "--database", shapes);
        Assert.Contains("--clip", prompted.Refused(exitCode: 1));
        (await GenerateAsync("--random", "--model", "mute", "--database", shapes, "-n", "1")).Succeeded();
    }
}
