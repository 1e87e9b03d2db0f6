using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd.Suite;

/// <summary>What a tenant's own server is told, on any deployment.</summary>
public abstract class Webhooks(Deployment deployment)
{
    [Fact]
    public async Task Job_IsToldToItsOwnAddressAndToTheTenantsEndpoints()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var tenant = await deployment.TenantAsync();
        var endpoint = await tenant.PostAsync(
            "/v1/webhooks", new { url = receiver.UrlOf("/endpoint"), events = new[] { "job.completed", "job.retrieved" } });
        var jobs = (string)(await tenant.GetAsync("/v1/webhooks/signing-secret"))["secret"]!;
        var job = await tenant.DrawAsync(new { prompt = "a star", steps = 2, webhook = new { url = receiver.UrlOf("/job") } });
        var secret = (string)endpoint["secret"]!["secret"]!;
        Assert.Equal((string)job["id"]!, (string)(await receiver.HearAsync("/endpoint", "job.completed", secret))["id"]!);
        Assert.NotNull(await receiver.HearAsync("/endpoint", "job.retrieved", secret));
        Assert.Equal((string)job["id"]!, (string)(await receiver.HearAsync("/job", "job.completed", jobs))["id"]!);
        Assert.NotNull(await receiver.HearAsync("/job", "job.queued", jobs));
        Assert.Equal(
            receiver.Received.Count,
            receiver.Received.DistinctBy(received => (received.Path, received.Headers["webhook-id"])).Count());
    }

    [Fact]
    public async Task Import_IsToldWhenItHasEnded()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var tenant = await deployment.TenantAsync();
        var endpoint = await tenant.PostAsync("/v1/webhooks", new { url = receiver.UrlOf("/endpoint") });
        var database = (string)(await tenant.PostAsync("/v1/databases", new { name = "colors" }))["id"]!;
        await Databases.ImportAsync(tenant, database, Pictures.Zip(3));
        var told = await receiver.HearAsync("/endpoint", "database.imported", (string)endpoint["secret"]!["secret"]!);
        Assert.Equal((database, 3L), ((string)told["import"]!["database"]!, (long)told["import"]!["done"]!));
    }

    [Fact]
    public async Task TestEvent_ArrivesAndIsListed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var tenant = await deployment.TenantAsync();
        var endpoint = await tenant.PostAsync(
            "/v1/webhooks", new { url = receiver.UrlOf("/endpoint"), events = new[] { "job.failed" } });
        await tenant.PostAsync($"/v1/webhooks/{endpoint["endpoint"]!["id"]}/test");
        await receiver.HearAsync("/endpoint", "webhook.test", (string)endpoint["secret"]!["secret"]!);
        var deliveries = (await tenant.GetAsync("/v1/webhook-deliveries"))["items"]!.AsArray();
        Assert.Equal("webhook.test", (string)Assert.Single(deliveries)!["type"]!);
    }
}
