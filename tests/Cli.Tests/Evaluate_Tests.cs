using System.Text.Json.Nodes;
using RdmCloud.Images;

namespace RdmCloud.Cli;

/// <summary>Evaluations of the tiny model. What the figures mean, the tests of the training library show.</summary>
[Trait("Category", "EndToEnd")]
public sealed class Evaluate_Tests(Workshop workshop) : RdmTest(workshop)
{
    [Fact]
    public async Task SameSeed_GivesTheSameReport_AndAnotherSeedAnother()
    {
        await TrainJudgeAsync();
        foreach (var (folder, seed) in ((string, string)[])[("first", "1"), ("again", "1"), ("other", "2")])
        {
            var run = await RunAsync(
                "evaluate", "styles", "--classifier", "judge", "-n", "3", "--steps", "2", "--seed", seed, "-o", folder);
            run.Succeeded();
        }
        foreach (var file in (string[])["report.json", "report.md", "chart.png", "sheet.png"])
            Assert.Equal(File.ReadAllBytes(this[$"first/{file}"]), File.ReadAllBytes(this[$"again/{file}"]));
        Assert.NotEqual(File.ReadAllBytes(this["first/sheet.png"]), File.ReadAllBytes(this["other/sheet.png"]));
    }

    [Fact]
    public async Task Styles_AreReportedForPeopleAndForPrograms()
    {
        await TrainJudgeAsync();
        var printed = (await RunAsync(
            "evaluate", "styles", "--classifier", "judge", "-n", "2", "--steps", "2", "-o", "report", "--json")).Succeeded();
        var report = JsonNode.Parse(printed)!;
        Assert.Equal("itself", (string?)report["judge"]);
        Assert.Equal(["more", "shapes"], report["report"]!["styles"]!.AsArray().Select(style => (string?)style!["style"]));
        Assert.InRange((double)report["report"]!["styles"]![0]!["exchange"]!["style"]!, 0, 1);
        Assert.Contains("| shapes |", File.ReadAllText(this["report/report.md"]));
        Assert.True(ImageFile.Read(this["report/chart.png"]).Width > 100);
    }

    [Fact]
    public async Task Context_HasARowForEachTokenAndCountOfNeighbors()
    {
        await TrainJudgeAsync();
        var printed = (await RunAsync(
            "evaluate", "context", "--classifier", "judge", "-n", "2", "--steps", "1", "-o", "report", "--json")).Succeeded();
        var rows = JsonNode.Parse(printed)!["report"]!["rows"]!.AsArray();
        Assert.Equal(["moved", "none", "raw"], rows.Select(row => (string?)row!["query"]).Distinct().Order());
    }

    [Fact]
    public async Task Quality_OfPicturesThatAreInTheDatabase_FindsThem()
    {
        var printed = (await RunAsync("evaluate", "quality", "-n", "3", "--steps", "2", "-o", "report", "--json")).Succeeded();
        var report = JsonNode.Parse(printed)!["report"]!;
        Assert.Equal(9, (int?)report["databases"]![0]!["textToImage"]!["queries"]); // those with a title
        Assert.InRange((double)report["drawn"]!["nearestMost"]!, 0, 1.001);
        Assert.True(File.Exists(this["report/copies.png"]));
    }

    [Fact]
    public async Task ClassifierOnPhotographs_JudgesTheStylesOfAnyModel()
    {
        var config = JsonNode.Parse(File.ReadAllText(JudgeConfig))!;
        config["features"] = "photographs";
        File.WriteAllText(this["judge.json"], config.ToJsonString());
        (await RunAsync("train", "style-classifier", "--config", "judge.json", "-o", "judge")).Succeeded();
        Assert.Contains("resnet18", File.ReadAllText(this["judge/export/style-classifier.json"]));

        var printed = (await RunAsync(
            "evaluate", "styles", "--classifier", "judge", "-n", "2", "--steps", "2", "-o", "report", "--json")).Succeeded();
        Assert.All(
            JsonNode.Parse(printed)!["report"]!["styles"]!.AsArray(),
            style => Assert.InRange((double)style!["exchange"]!["style"]!, 0, 1));
    }

    [Fact]
    public async Task ClassifierOfAnotherClip_IsRefused()
    {
        await TrainJudgeAsync();
        var description = JsonNode.Parse(File.ReadAllText(this["judge/export/style-classifier.json"]))!;
        description["embedding_space"] = "sha256:another";
        File.WriteAllText(this["judge/export/style-classifier.json"], description.ToJsonString());
        var said = (await RunAsync("evaluate", "styles", "--classifier", "judge", "-o", "report")).Refused(exitCode: 2);
        Assert.Contains("reads sha256:another", said);
    }

    [Fact]
    public async Task ClassifierOfOtherStyles_IsRefused()
    {
        await TrainJudgeAsync();
        Copy(await ModelAsync(), this["model"]);
        Directory.Delete(this["model/databases/more"], recursive: true);
        var run = await RunAsync("evaluate", "styles", "--model", "model", "--classifier", "judge", "-o", "report");
        Assert.Contains("Train it again", run.Refused(exitCode: 2));
    }

    async Task TrainJudgeAsync() => (await RunAsync("train", "style-classifier",
        "--config", JudgeConfig, "-o", "judge")).Succeeded();

    static string JudgeConfig => Path.Combine(Fixtures.Root, "models", "configs", "tiny", "style-classifier.json");
}
