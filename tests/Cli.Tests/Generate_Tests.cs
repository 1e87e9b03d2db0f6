using System.Text.Json.Nodes;
using RdmCloud.Images;

namespace RdmCloud.Cli;

[Trait("Category", "EndToEnd")]
public sealed class Generate_Tests(Workshop workshop) : RdmTest(workshop)
{
    [Fact]
    public async Task Prompt_GivesPicturesThatTellHowTheyWereMade()
    {
        var run = await GenerateAsync(
            "a red disc", "--style", "shapes", "-k", "3", "-n", "2", "--seed", "7",
            "--guidance", "2.5", "--sampler", "dpmpp-2m", "--negative", "blue");
        var output = run.Succeeded();
        Assert.Contains("out/a-red-disc-7.png", output);
        Assert.Contains("gold", output); // a neighbor in the table
        Assert.Empty(run.Error);
        Assert.Equal(
            ["a-red-disc-7-sheet.png", "a-red-disc-7.png", "a-red-disc-8.png"],
            Directory.GetFiles(this["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        var texts = PngText.Read(this["out/a-red-disc-8.png"]);
        Assert.StartsWith("rdm ", texts["Software"]);
        Assert.StartsWith(
            "a red disc\nNegative prompt: blue\nSeed: 8, Steps: 3, Sampler: dpmpp-2m, Guidance: 2.5", texts["parameters"]);
        var made = JsonNode.Parse(texts["rdm"])!;
        Assert.Equal("a red disc", (string?)made["prompt"]);
        Assert.Equal(8, (int?)made["seed"]);
        Assert.Equal(64, ((string?)made["model"]!["hash"])!.Length);
        Assert.Equal(3, Ids(made["neighbors"]).Length);
        Assert.Equal("shapes", (string?)made["neighbors"]![0]!["database"]);
        Assert.All(made["neighbors"]!.AsArray(), neighbor => Assert.InRange((double)neighbor!["score"]!, -1, 1));
    }

    [Fact]
    public async Task SameSeed_GivesTheSameBytes_AndASecondPictureIsThatOfTheNextSeed()
    {
        (await GenerateAsync("a cat", "-n", "2", "--seed", "1", "-o", "first")).Succeeded();
        (await GenerateAsync("a cat", "-n", "2", "--seed", "1", "-o", "again")).Succeeded();
        (await GenerateAsync("a cat", "-n", "1", "--seed", "2", "-o", "alone")).Succeeded();
        foreach (var name in (string[])["a-cat-1.png", "a-cat-2.png", "a-cat-1-sheet.png"])
            Assert.Equal(File.ReadAllBytes(this[$"first/{name}"]), File.ReadAllBytes(this[$"again/{name}"]));
        Assert.Equal(PngText.Read(this["first/a-cat-2.png"])["rdm"], PngText.Read(this["alone/a-cat-2.png"])["rdm"]);
        var (batched, alone) = (ImageFile.Read(this["first/a-cat-2.png"]), ImageFile.Read(this["alone/a-cat-2.png"]));
        // Sums in another order.
        Assert.All(batched.Pixels.Zip(alone.Pixels), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Fact]
    public async Task Eta_MakesTheStepsRandomByTheSeed_AndIsKeptInTheFile()
    {
        foreach (var (folder, eta) in ((string, string)[])[("none", "0"), ("random", "1"), ("again", "1")])
            (await GenerateAsync("a cat", "-n", "1", "--seed", "1", "--sampler", "ddim", "--eta", eta, "-o", folder)).Succeeded();
        Assert.Equal(File.ReadAllBytes(this["random/a-cat-1.png"]), File.ReadAllBytes(this["again/a-cat-1.png"]));
        Assert.NotEqual(ImageFile.Read(this["none/a-cat-1.png"]).Pixels, ImageFile.Read(this["random/a-cat-1.png"]).Pixels);
        Assert.Equal(1, (double?)JsonNode.Parse(PngText.Read(this["random/a-cat-1.png"])["rdm"])!["eta"]);
        Assert.Null(JsonNode.Parse(PngText.Read(this["none/a-cat-1.png"])["rdm"])!["eta"]);
    }

    [Fact]
    public async Task Json_IsAllThatIsPrinted()
    {
        var report = await GenerateJsonAsync("a cat", "-n", "1", "--seed", "4", "-k", "2");
        var picture = Assert.Single(report["pictures"]!.AsArray());
        Assert.True(File.Exists(this[(string)picture!["file"]!]));
        Assert.Null(report["sheet"]);
        Assert.Equal(2, Ids(picture["parameters"]!["neighbors"]).Length);
    }

    [Fact]
    public async Task ExcludedPicture_NeverAppears_AndAPinnedOneAlways()
    {
        var usual = Ids((await GenerateJsonAsync("a cat", "-n", "1", "-k", "3"))["pictures"]![0]!["parameters"]!["neighbors"]);
        var most = await GenerateJsonAsync("a cat", "-n", "1", "-k", "1000", "--exclude", usual[0]);
        var all = Ids(most["pictures"]![0]!["parameters"]!["neighbors"]);
        Assert.Equal(Shapes.Count - 1, all.Length);
        Assert.DoesNotContain(usual[0], all);
        var chosen = await GenerateJsonAsync("a cat", "-n", "1", "-k", "3", "--pin", all[^1], "--exclude", usual[1]);
        var pinned = Ids(chosen["pictures"]![0]!["parameters"]!["neighbors"]);
        Assert.Equal([all[^1], usual[0], usual[2]], pinned);
    }

    [Fact]
    public async Task WeightedDatabases_AreMixed()
    {
        var zip = Shapes.Zip(Shapes.Write(this["pictures"]), this["pictures.zip"]);
        (await RunAsync("databases", "import", zip, "-o", "zipped")).Succeeded();
        var report = await GenerateJsonAsync("a cat", "-n", "1", "-k", "4", "--style", "shapes:3", "--database", "zipped:1");
        var neighbors = report["pictures"]![0]!["parameters"]!["neighbors"]!.AsArray();
        Assert.Equal(3, neighbors.Count(neighbor => (string?)neighbor!["database"] == "shapes"));
    }

    [Fact]
    public async Task RandomQuery_GivesEachSeedItsOwnNeighbors()
    {
        var report = await GenerateJsonAsync(
            "--random", "--style", "shapes", "-n", "3", "--seed", "1", "-k", "2", "-o", "several");
        var pictures = report["pictures"]!.AsArray();
        foreach (var picture in pictures)
            Assert.Equal((string?)picture!["parameters"]!["queryEntry"], Ids(picture["parameters"]!["neighbors"])[0]);
        var alone = await GenerateJsonAsync("--random", "--style", "shapes", "-n", "1", "--seed", "3", "-k", "2", "-o", "alone");
        Assert.Equal(
            File.ReadAllBytes(this[(string)pictures[2]!["file"]!]),
            File.ReadAllBytes(this[(string)alone["pictures"]![0]!["file"]!]));
    }

    [Fact]
    public async Task PictureAsQuery_FindsItself()
    {
        Shapes.Write(this["pictures"]);
        var report = await GenerateJsonAsync("--image", "pictures/blue-disc.png", "-n", "1", "-k", "2", "--no-query");
        var made = report["pictures"]![0]!["parameters"]!;
        Assert.Equal("blue-disc.png", (string?)made["image"]);
        Assert.Equal("blue-disc", Ids(made["neighbors"])[0]);
        Assert.False((bool)made["queryInContext"]!);
    }

    [Fact]
    public async Task Sheet_HasARowForEachPromptAndAColumnForEachStyle()
    {
        var report = await GenerateJsonAsync("--sheet", "a cat", "a tree", "-k", "2", "--seed", "1", "-o", "sheet.png");
        Assert.Equal("sheet.png", (string?)report["sheet"]);
        Assert.Equal(
            ["a cat more", "a cat shapes", "a tree more", "a tree shapes"],
            report["pictures"]!.AsArray().Select(picture => picture!["parameters"]!)
                .Select(made => $"{made["prompt"]} {made["databases"]![0]!["name"]}"));
        Assert.Equal(4, JsonNode.Parse(PngText.Read(this["sheet.png"])["rdm"])!.AsArray().Count);
        Assert.Equal(["sheet.png"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task FileThatExists_IsKept_UnlessForced()
    {
        File.WriteAllText(this["mine.png"], "mine");
        var kept = await GenerateJsonAsync("a cat", "-n", "1", "-o", "mine.png");
        Assert.Equal("mine_2.png", (string?)kept["pictures"]![0]!["file"]);
        Assert.Equal("mine", File.ReadAllText(this["mine.png"]));
        var forced = await GenerateJsonAsync("a cat", "-n", "1", "-o", "mine.png", "--force");
        Assert.Equal("mine.png", (string?)forced["pictures"]![0]!["file"]);
        Assert.NotEmpty(PngText.Read(this["mine.png"]));
    }

    [Fact]
    public async Task PromptThatIsTooLong_IsDrawnWithAWarning()
    {
        var run = await GenerateAsync(string.Join(' ', Enumerable.Repeat("disc", 300)), "-n", "1", "--no-neighbors");
        run.Succeeded();
        Assert.StartsWith("rdm: warning: the prompt is longer than the model reads", run.Error);
    }

    [Fact]
    public async Task CtrlC_StopsBetweenTwoSteps_AndLeavesNoFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals to send on Windows");
        // The warning about the long prompt comes just before the first step.
        var prompt = string.Join(' ', Enumerable.Repeat("disc", 300));
        using var process = Rdm.Start(
            Folder, await ModelAsync(), "generate", prompt, "-n", "8", "--steps", "1000", "--json");
        Assert.Contains("warning", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));
        using (var kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }
}
