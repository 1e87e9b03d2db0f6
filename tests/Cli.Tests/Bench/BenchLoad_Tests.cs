using System.Text.Json.Nodes;
using RdmCloud.Images;
using RdmCloud.Servers;

namespace RdmCloud.Cli.Bench;

/// <summary>Jobs that are really sent to a gateway and really drawn.</summary>
[Trait("Category", "EndToEnd")]
public sealed class BenchLoad_Tests(Workshop workshop, ServedModel served) : RdmTest(workshop), IClassFixture<ServedModel>
{
    static readonly Dictionary<string, string> asOperator = new() { ["RDM_ADMIN_KEY"] = ServedModel.AdminKey };
    static readonly Dictionary<string, string> asNobody = new() { ["RDM_ADMIN_KEY"] = "" };

    [Fact]
    public async Task Tenants_AreMade_ServedAndReported_AndRetired()
    {
        var run = await LoadAsync(asOperator, "--tenant", "loud:3", "--tenant", "quiet:1:2", "--rate", "8", "--duration", "2",
            "--steps", "2,3",
            "--pictures", "1,2", "--style", "shapes", "--style", "more", "--chart", "load.png", "--json");
        var report = JsonNode.Parse(run.Succeeded())!;
        Assert.InRange((int)report["completed"]!, 5, 40);
        Assert.Equal((int)report["planned"]!, (int)report["completed"]!);
        Assert.Empty(report["errors"]!.AsObject());
        Assert.True((double)report["picturesPerSecond"]! > (double)report["jobsPerSecond"]!);
        Assert.True((double)report["latency"]!["p50"]! <= (double)report["latency"]!["max"]!);
        Assert.All((string[])["submit", "queue", "draw", "embedding", "sampling", "storage"],
            stage => Assert.NotNull(report["stages"]![stage]));
        Assert.InRange((double)report["jainIndex"]!, 0.5, 1);
        Assert.Equal(["loud", "quiet"], report["tenants"]!.AsArray().Select(tenant => (string)tenant!["tenant"]!));
        Assert.Equal((1000, 520), SizeOf("load.png"));

        var made = (await served.AskAsync(HttpMethod.Get, "/v1/admin/tenants"))["items"]!.AsArray()
            .Single(tenant => $"{tenant!["id"]}".EndsWith("-quiet", StringComparison.Ordinal))!;
        Assert.Equal(2, (double)made["weight"]!);
        var own = await served.AskAsync(HttpMethod.Post, $"/v1/admin/tenants/{made["id"]}/keys",
            new { name = "later", scopes = (string[])["keys:admin"] });
        var keys = (await served.AskAsync(HttpMethod.Get, "/v1/keys", key: (string)own["key"]!))["items"]!.AsArray();
        Assert.NotNull(keys.Single(key => (string)key!["name"]! == "first")!["revoked_at"]);
    }

    [Fact]
    public async Task TenantThatIsRefusedByQuota_IsCounted_AndTheOthersGoOn()
    {
        var (full, free) = (await KeyAsync("full", new { max_queued_jobs = 0 }), await KeyAsync("free", null));
        File.WriteAllText(this["keys.csv"], $"tenant,key,share\nfull,{full},1\nfree,{free},1\n");
        File.WriteAllText(this["jobs.csv"], "seconds,tenant,pictures,steps\n0,full,1,2\n0.1,free,1,2\n0.2,full,1,2\n");
        var run = await LoadAsync(asNobody, "--keys", "keys.csv", "--trace", "jobs.csv", "--json");
        var report = JsonNode.Parse(run.Succeeded())!;
        Assert.Equal(1, (int)report["completed"]!);
        Assert.Equal(2, (int)report["errors"]!["HTTP 429, queued-jobs"]!);
        Assert.Contains("2 × HTTP 429, queued-jobs",
            (await LoadAsync(asNobody, "--keys", "keys.csv", "--trace", "jobs.csv")).Succeeded());
    }

    [Fact]
    public async Task ControlC_CancelsOpenJobs_AndReportsWhatWasDoneUntilThen()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals to send on Windows");
        using var process = Rdm.Start(Folder, await ModelAsync(), asNobody,
            "bench", "load", served.Url, "--rate", "20", "--duration", "600", "--steps", "250", "--pictures", "10", "--chart",
                "load.svg", "--json");
        while (await CountAsync("processing") == 0)
            Assert.False(process.HasExited);
        using (var kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var run = await Rdm.EndAsync(process);
        Assert.Equal((130, ""), (run.ExitCode, run.Error));
        var report = JsonNode.Parse(run.Output)!;
        Assert.True((int)report["submitted"]! < (int)report["planned"]!);
        Assert.Equal((int)report["submitted"]! - (int)report["completed"]!, (int)report["errors"]!["interrupted"]!);
        Assert.True(File.Exists(this["load.svg"]));
        Assert.Equal((0, 0), (await CountAsync("queued"), await CountAsync("processing")));
    }

    [Fact]
    public async Task GatewayThatIsNotThere_IsOneLine()
    {
        var url = LoopbackPort.Http(LoopbackPort.Free()).ToString();
        Assert.Contains("does not answer", (await RunAsync("bench", "load", url)).Refused(exitCode: 2));
    }

    [Fact]
    public async Task KeyThatIsWrong_IsOneLineThatDoesNotTellIt()
    {
        File.WriteAllText(this["keys.csv"], "tenant,key\nacme,rdm_wrong_key\n");
        var said = (await LoadAsync(asNobody, "--keys", "keys.csv")).Refused(exitCode: 2);
        Assert.Contains("acme", said);
        Assert.DoesNotContain("rdm_wrong_key", said);
        var asStranger = new Dictionary<string, string> { ["RDM_ADMIN_KEY"] = "rdm_wrong_key" };
        Assert.Contains("RDM_ADMIN_KEY", (await LoadAsync(asStranger, "--tenant", "a")).Refused(exitCode: 2));
    }

    [Fact]
    public async Task TraceThatIsWrong_IsOneLine_AndNothingIsSent()
    {
        File.WriteAllText(this["jobs.csv"], "seconds,tenant,pictures,steps\n0,local,1,2\nsoon,local,1,2\n");
        Assert.Contains("jobs.csv, line 3", (await LoadAsync(asNobody, "--trace", "jobs.csv")).Refused(exitCode: 1));
        File.WriteAllText(this["jobs.csv"], "seconds,tenant,pictures,steps\n0,stranger,1,2\n");
        Assert.Contains("stranger", (await LoadAsync(asNobody, "--trace", "jobs.csv")).Refused(exitCode: 2));
    }

    async Task<RdmRun> LoadAsync(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        using var process = Rdm.Start(Folder, await ModelAsync(), environment, ["bench", "load", served.Url, .. arguments]);
        return await Rdm.EndAsync(process);
    }

    async Task<string> KeyAsync(string tenant, object? settings) =>
        (string)(await served.AskAsync(HttpMethod.Post, "/v1/admin/tenants", new { id = tenant, settings }))["key"]!["key"]!;

    async Task<int> CountAsync(string status) =>
        (await served.AskAsync(HttpMethod.Get, $"/v1/generations?status={status}", key: null))["items"]!.AsArray().Count;

    (int Width, int Height) SizeOf(string picture)
    {
        var image = ImageFile.Read(this[picture]);
        return (image.Width, image.Height);
    }
}
