using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd;

/// <summary>What a newcomer types.</summary>
public sealed class Serve_Tests : IDisposable
{
    readonly string data = Directory.CreateTempSubdirectory("rdm-serve-").FullName;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task PrintedLine_DrawsAPictureAndControlCEndsItQuietly()
    {
        using var serving = Serve();
        var curl = (await serving.LineWithAsync("curl -s")).Trim();
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", curl]) { RedirectStandardOutput = true })!;
        var job = JsonNode.Parse(await shell.StandardOutput.ReadToEndAsync(Cancel))!;
        Assert.Equal("completed", (string)job["status"]!);
        Assert.Equal(64, Pictures.Decode(await Client.DownloadAsync((string)job["output"]![0]!["url"]!)).Width);
        serving.PressControlC();
        var (code, _, error) = await serving.EndAsync();
        Assert.Equal((0, ""), (code, error));
    }

    [Fact]
    public async Task JobUnderWayAtControlC_IsDrawnAfterTheNextStart()
    {
        using var first = Serve();
        using var before = Local(await first.LineWithAsync("draws with"));
        var id = await before.SubmitAsync(new { prompt = "a red heart", n = 10, steps = 250 });
        await foreach (var happened in before.EventsAsync(id))
            if (happened.Type == "progress")
                break;
        first.PressControlC();
        Assert.Equal(0, (await first.EndAsync()).Code);
        using var second = Serve();
        using var after = Local(await second.LineWithAsync("draws with"));
        Assert.Equal("completed", (string)(await after.WaitAsync(id))["status"]!);
    }

    [Fact]
    public async Task PortThatIsTaken_IsSaidInOneLine()
    {
        using var first = Serve();
        var port = new Uri((await first.LineWithAsync("draws with")).Split(' ')[^1]).Port;
        var (code, _, error) = await RdmProgram.RunAsync(
            new Dictionary<string, string>(), "serve", "--port", $"{port}", "--data", Path.Combine(data, "other"));
        Assert.Equal(1, code);
        Assert.Contains("address already in use", error);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task DocumentationAndPage_AreThere()
    {
        using var serving = Serve();
        using var local = Local(await serving.LineWithAsync("draws with"));
        Assert.Equal(HttpStatusCode.OK, (await local.Http.GetAsync("/docs", Cancel)).StatusCode);
        Assert.StartsWith("3.1", (string)(await local.GetAsync("/openapi/v1.json"))["openapi"]!);
    }

    RdmProgram Serve() => RdmProgram.Start(new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "1" },
        "serve", "--port", "0", "--data", data, "--model", Path.Combine("models", "preview-rdm"));

    static Client Local(string line) => new(new(line.Split(' ')[^1]), key: null);
}
