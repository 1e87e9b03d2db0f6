using System.Diagnostics;
using System.Net;
using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd.Suite;

/// <summary>What an operator sees of the jobs, on any deployment.</summary>
public abstract class Telemetry(Deployment deployment)
{
    [Fact]
    public async Task Job_IsOneTraceFromTheRequestToTheWebhook()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var tenant = await deployment.TenantAsync();
        var secret = (string)(await tenant.GetAsync("/v1/webhooks/signing-secret"))["secret"]!;
        var (trace, caller) = (ActivityTraceId.CreateRandom().ToHexString(), ActivitySpanId.CreateRandom().ToHexString());
        var (_, job, _) = await tenant.TryAsync(HttpMethod.Post, "/v1/generations",
            new
            {
                prompt = "a star",
                steps = 2,
                webhook = new { url = receiver.UrlOf("/job"), events = new[] { "job.completed" } },
            },
            ("traceparent", $"00-{trace}-{caller}-01"));
        await receiver.HearAsync("/job", "job.completed", secret);
        var told = ActivityContext.Parse(Assert.Single(receiver.Received).Headers["traceparent"]!, null);
        Assert.Equal(trace, told.TraceId.ToHexString());

        string[] seen =
        [
            "POST /v1/generations/", "dispatch", "embed-prompt process", "retrieve-neighbors process",
            "sample-interactive process", "store-images process", "job.completed", "webhook-events process",
            "webhook job.completed",
        ];
        var spans = await deployment.Collector.TraceAsync(trace, spans => seen.All(name => spans.Any(span => span.Name == name))
            && spans.All(span => span.Parent == caller || spans.Any(parent => parent.Id == span.Parent)));
        Assert.Equal(told.SpanId.ToHexString(), spans.Single(span => span.Name == "webhook job.completed").Id);
        Assert.Equal(deployment.TracedServices.Order(), spans.Select(span => span.Service).Distinct().Order());
        string[] named =
        [
            "dispatch", "embed-prompt receive", "retrieve-neighbors receive", "sample-interactive receive",
            "store-images receive",
        ];
        Assert.All(spans.Where(span => named.Contains(span.Name)), span => Assert.Equal((string)job!["id"]!, span.Job));
    }

    [Fact]
    public async Task Metrics_AreToldOnTheirOwnPortAlone()
    {
        using var tenant = await deployment.TenantAsync();
        await tenant.DrawAsync(new { prompt = "a star", steps = 2 });
        using var http = new HttpClient();
        var told = "";
        foreach (var address in deployment.Metrics)
            told += await http.GetStringAsync(address, TestContext.Current.CancellationToken);
        string[] metrics =
            ["rdm_jobs_ended_total", "rdm_sampling_step_duration_seconds_count", "rdm_retrieval_search_duration_seconds_count"];
        foreach (var metric in metrics)
            Assert.Contains(metric, told, StringComparison.Ordinal);
        Assert.DoesNotContain(tenant.Tenant, told, StringComparison.Ordinal);
        using var public_ = await http.SendAsync(new(HttpMethod.Get, new Uri(deployment.Gateway, "/metrics"))
        {
            Headers = { Host = deployment.Metrics[0].Authority }, // a client may call the gateway whatever it likes
        }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, public_.StatusCode);
    }
}
