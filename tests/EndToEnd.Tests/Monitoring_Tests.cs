using System.Text.Json.Nodes;
using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;
using RdmCloud.EndToEnd.Telemetry;
using RdmCloud.Servers;

namespace RdmCloud.EndToEnd;

/// <summary>The dashboard and the alerts, over a real Prometheus that asks real services.</summary>
[Collection(Standalone_Tests.Name)]
[Trait("Category", "Infrastructure")]
public sealed class Monitoring_Tests(StandaloneDeployment deployment)
{
    static readonly string folder = Path.Combine(Fixtures.Root, "infra", "monitoring");

    [Fact]
    public async Task Dashboard_ShowsSomethingInEveryPanel()
    {
        await using var prometheus = await Prometheus.StartAsync(deployment.Metrics, Path.Combine(folder, "alerts.yaml"));
        await UseAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        foreach (var (panel, expression) in Expressions())
            while ((await prometheus.QueryAsync(expression)).Count == 0)
            {
                Assert.False(limit.IsCancellationRequested, $"'{panel}' shows nothing: {expression}");
                await Task.Delay(500, CancellationToken.None);
            }
    }

    [Fact]
    public async Task Alerts_AreUnderstoodAndAskForWhatIsTold()
    {
        await using var prometheus = await Prometheus.StartAsync(deployment.Metrics, Path.Combine(folder, "alerts.yaml"));
        await UseAsync();
        JsonArray rules;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((rules = await RulesAsync(prometheus)).Any(rule => (string)rule!["health"]! == "unknown"))
            await Task.Delay(200, limit.Token);
        Assert.All(rules, rule => Assert.Equal("ok", (string)rule!["health"]!));
        using var http = new HttpClient();
        var told = await http.GetStringAsync(deployment.Metrics[0], TestContext.Current.CancellationToken);
        var asked = rules.SelectMany(rule => ((string)rule!["query"]!).Split('(', '{', '[', ' ', ')'))
            .Where(word => word.StartsWith("rdm_", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, metric => Assert.Contains($"\n{metric}{{", told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alerts_FireWhenTheyShould()
    {
        if (!Command.Exists("promtool"))
            Absent.Skip(nameof(Prometheus), "install the package prometheus");
        await Command.RunAsync(
            "promtool", ["test", "rules", Path.Combine(folder, "alerts.test.yaml")], TestContext.Current.CancellationToken);
    }

    static async Task<JsonArray> RulesAsync(Prometheus prometheus) =>
        (await prometheus.GetAsync("api/v1/rules"))["groups"]![0]!["rules"]!.AsArray();

    /// <summary>A job that is drawn and told of.</summary>
    async Task UseAsync()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var tenant = await deployment.TenantAsync();
        var secret = (string)(await tenant.GetAsync("/v1/webhooks/signing-secret"))["secret"]!;
        await tenant.DrawAsync(new { prompt = "a star", steps = 2, webhook = new { url = receiver.UrlOf("/job") } });
        await receiver.HearAsync("/job", "job.completed", secret);
    }

    /// <summary>As Grafana would ask them.</summary>
    static IEnumerable<(string Panel, string Expression)> Expressions()
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "grafana", "dashboard.json")))!;
        return from panel in dashboard["panels"]!.AsArray()
               from target in panel!["targets"]?.AsArray() ?? []
               select (
                   (string)panel["title"]!,
                   ((string)target!["expr"]!).Replace("$__rate_interval", "1m").Replace("$model", ".*"));
    }
}
