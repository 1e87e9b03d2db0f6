using System.Text.Json.Nodes;
using RdmCloud.Images;

namespace RdmCloud.Cli;

/// <summary>The model in models/, as a newcomer meets it.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ShippedModel_Tests : IDisposable
{
    static readonly string model = Path.Combine(Fixtures.Root, "models", "preview-rdm");

    readonly string folder = Directory.CreateTempSubdirectory("rdm-shipped-").FullName;

    [Fact]
    public async Task RedHeart_IsFoundAndDrawnRedOnWhite()
    {
        var drawn = await DrawAsync("fluent-3d");
        Assert.Contains(
            drawn["pictures"]![0]!["parameters"]!["neighbors"]!.AsArray(),
            neighbor => $"{neighbor!["title"]}".Contains("heart", StringComparison.Ordinal));
        var (red, green, blue) = Color(drawn, 32, 32);
        Assert.True(red > 180 && green < 100 && blue < 130, $"the center is ({red}, {green}, {blue})");
        var corner = Color(drawn, 2, 60);
        Assert.True(Math.Min(corner.Red, Math.Min(corner.Green, corner.Blue)) > 230, $"the corner is {corner}");
    }

    [Fact]
    public async Task RedHeartAsABlueprint_IsDrawnOnBlueByTheSameNetwork()
    {
        var (red, green, blue) = Color(await DrawAsync("fluent-flat-blueprint"), 2, 60);
        Assert.True(blue > 100 && red < 80 && green < 110, $"the corner is ({red}, {green}, {blue})");
    }

    [Fact]
    public async Task EveryPart_IsTheFileThatTheDescriptionNames() =>
        (await Rdm.RunAsync(folder, model, "models", "info", model, "--verify")).Succeeded();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async Task<JsonNode> DrawAsync(string style) =>
        JsonNode.Parse((await Rdm.RunAsync(
            folder, model, "generate", "a red heart", "--style", style, "--seed", "1", "-n", "1", "--json")).Succeeded())!;

    (int Red, int Green, int Blue) Color(JsonNode drawn, int x, int y)
    {
        var image = ImageFile.Read(Path.Combine(folder, $"{drawn["pictures"]![0]!["file"]}"));
        var place = 3 * (y * image.Width + x);
        return (image.Pixels[place], image.Pixels[place + 1], image.Pixels[place + 2]);
    }
}
