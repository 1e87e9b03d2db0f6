using System.Text.Json.Nodes;
using RdmCloud.Servers;

namespace RdmCloud.EndToEnd.Telemetry;

/// <summary>
/// A real Prometheus that asks the services of a deployment every second. Skips the test where it is not installed.
/// </summary>
sealed class Prometheus : IAsyncDisposable
{
    const string Program = "prometheus";

    readonly string folder;
    readonly ServerProcess process;
    readonly HttpClient http;

    Prometheus(string folder, ServerProcess process, int port) =>
        (this.folder, this.process, http) = (folder, process, new() { BaseAddress = LoopbackPort.Http(port) });

    public static async Task<Prometheus> StartAsync(IEnumerable<Uri> targets, string rules)
    {
        if (!Command.Exists(Program))
            Absent.Skip(nameof(Prometheus), "install the package prometheus");
        var folder = Directory.CreateTempSubdirectory("rdm-prometheus-").FullName;
        var addresses = string.Join(", ", targets.Select(target => $"\"{target.Authority}\""));
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: ["{{rules}}"]
            scrape_configs: [{ job_name: rdm-cloud, static_configs: [{ targets: [{{addresses}}] }] }]
            """, TestContext.Current.CancellationToken);
        var port = LoopbackPort.Free();
        string[] arguments =
        [
            Program, "--config.file=prometheus.yml", $"--storage.tsdb.path={folder}/data",
            $"--web.listen-address=127.0.0.1:{port}",
        ];
        return new(folder, await ServerProcess.StartAsync(folder, arguments, token => Tcp.AnswersHttpAsync(port, token)), port);
    }

    /// <summary>The series that an expression has now.</summary>
    public async Task<JsonArray> QueryAsync(string expression) =>
        (await GetAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}"))["result"]!.AsArray();

    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {body}");
        return body["data"]!;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.KillAsync();
        Directory.Delete(folder, recursive: true);
    }
}
