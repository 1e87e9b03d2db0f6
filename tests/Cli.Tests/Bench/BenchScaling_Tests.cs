using System.Text.Json.Nodes;
using RdmCloud.Images;

namespace RdmCloud.Cli.Bench;

[Trait("Category", "EndToEnd")]
public sealed class BenchScaling_Tests(Workshop workshop) : RdmTest(workshop)
{
    const string Steps = """{"source": "by hand", "slots": 4, "stepSeconds": {"1": 0.1, "4": 0.2}, "decodeSeconds": 0.05}""";

    [Fact]
    public async Task Settings_AreComparedByCost_TheSameEachTime()
    {
        File.WriteAllText(this["steps.json"], Steps);
        string[] line = ["bench", "scaling", "--step-times", "steps.json", "--rate", "0.5", "--duration", "900", "--burst",
            "5@300+60",
            "--target", "4,16", "--cooldown", "60,300", "--scale-down", "all", "--scale-down", "1/60", "--stabilization", "60"];
        var report = JsonNode.Parse((await RunAsync([.. line, "--json", "--chart", "scaling.png"])).Succeeded())!;
        var rows = report["settings"]!.AsArray();
        Assert.Equal(8, rows.Count);
        var costs = rows.Select(row => (double)row!["cost"]!).ToList();
        Assert.Equal(costs.Order(), costs);
        Assert.All(rows, row => Assert.Equal(0, (int)row!["neverDrawn"]!));
        Assert.Equal("by hand", (string)report["stepTimes"]!["source"]!);
        Assert.Equal(4 / (20 * 0.2 + 4 * 0.05), (double)report["picturesPerSecond"]!, 2);
        Assert.Equal(1000, ImageFile.Read(this["scaling.png"]).Width);
        Assert.Equal((await RunAsync(line)).Succeeded(), (await RunAsync(line)).Succeeded());
    }

    [Fact]
    public async Task StepTimes_AreMeasured_AndReadBack()
    {
        var measured = (await RunAsync("bench", "steps")).Succeeded();
        Assert.Contains("tiny-rdm on the CPU", measured);
        File.WriteAllText(this["steps.json"], measured);
        Assert.Contains("measured: tiny-rdm",
            (await RunAsync("bench", "scaling", "--step-times", "steps.json", "--duration", "60", "--target", "20")).Succeeded());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"source": "x", "slots": 4, "stepSeconds": {"1": 0.1, "2": 0.2}, "decodeSeconds": 0}""")] // nothing for 4
    [InlineData("""{"source": "x", "slots": 1, "stepSeconds": {"1": 0}, "decodeSeconds": 0}""")]
    public async Task TableThatIsWrong_IsOneLine(string text)
    {
        File.WriteAllText(this["steps.json"], text);
        Assert.Contains("steps.json is not a table of step times",
            (await RunAsync("bench", "scaling", "--step-times", "steps.json")).Refused(exitCode: 1));
    }
}
