using System.Net;
using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd;

/// <summary>Services with a sidecar: what is asked and not queued goes through it.</summary>
public sealed class Dapr_Tests(DaprDeployment deployment) : IClassFixture<DaprDeployment>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EverythingThatIsAsked_GoesThroughTheSidecar_AndIsUnavailableWithoutIt()
    {
        using var tenant = await deployment.TenantAsync();
        var database = (string)(await tenant.PostAsync("/v1/databases", new { name = "colors" }))["id"]!;
        await AsksAsync(tenant, database);
        Assert.Subset(deployment.Dapr.Calls.ToHashSet(),
            new HashSet<string>
            {
                $"POST retrieval /internal/retrieval/{tenant.Tenant}/databases",
                $"GET retrieval /internal/retrieval/{tenant.Tenant}/databases/{database}",
                $"POST retrieval /internal/retrieval/{tenant.Tenant}/search",
                "POST embedding /internal/embedding/embed",
                $"POST webhooks /internal/webhooks/{tenant.Tenant}/endpoints",
            });
        Assert.Equal(HttpStatusCode.NotFound, (await tenant.TryAsync(HttpMethod.Get, "/v1/databases/db_none")).Status);
        var (taken, problem, _) = await tenant.TryAsync(HttpMethod.Post, "/v1/databases", new { name = "colors" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken);
        Assert.NotNull(problem!["errors"]!["name"]);

        await deployment.Dapr.KillAsync();
        await IsUnavailableAsync(tenant, HttpMethod.Get, $"/v1/databases/{database}");
        await IsUnavailableAsync(tenant, HttpMethod.Post, "/v1/databases", new { name = "shapes" });
        await IsUnavailableAsync(tenant, HttpMethod.Post, "/v1/retrievals", new { prompt = "a dog" });
        await IsUnavailableAsync(tenant, HttpMethod.Get, "/v1/webhooks");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await tenant.Http.GetAsync("/health/ready", Cancel)).StatusCode);

        await deployment.Dapr.StartAsync();
        await AsksAsync(tenant, database);
    }

    [Fact]
    public async Task AppThatTheSidecarDoesNotFind_IsNotTakenForADatabaseThatIsNotThere()
    {
        using var tenant = await deployment.TenantAsync();
        deployment.Dapr.Apps.Remove("retrieval", out var address);
        await IsUnavailableAsync(tenant, HttpMethod.Get, "/v1/databases/db_none");
        await IsUnavailableAsync(tenant, HttpMethod.Delete, "/v1/databases/db_none");
        deployment.Dapr.Apps["retrieval"] = address!;
        Assert.Equal(HttpStatusCode.NotFound, (await tenant.TryAsync(HttpMethod.Get, "/v1/databases/db_none")).Status);
    }

    [Fact]
    public async Task Backlog_IsToldToAnAutoscaler_WhichHasNoSidecar()
    {
        deployment.MustRun();
        using var autoscaler = new HttpClient { BaseAddress = deployment.Gateway };
        Assert.Equal(HttpStatusCode.Unauthorized, (await autoscaler.GetAsync("/internal/backlog", Cancel)).StatusCode);
        autoscaler.DefaultRequestHeaders.Add("x-rdm-internal", DaprDeployment.RemoteToken);
        Assert.Equal(HttpStatusCode.OK, (await autoscaler.GetAsync("/internal/backlog", Cancel)).StatusCode);
    }

    static async Task AsksAsync(Client tenant, string database)
    {
        Assert.Contains((await tenant.GetAsync("/v1/databases"))["items"]!.AsArray(), item => (string)item!["id"]! == database);
        Assert.Equal(0, (long)(await tenant.GetAsync($"/v1/databases/{database}"))["images"]!);
        var found = await tenant.PostAsync("/v1/retrievals", new { prompt = "a dog", k = 3 });
        Assert.Equal(3, found["neighbors"]!.AsArray().Count);
        var made = await tenant.PostAsync("/v1/webhooks", new { url = "http://127.0.0.1:9/hook" });
        var (deleted, _, _) = await tenant.TryAsync(HttpMethod.Delete, $"/v1/webhooks/{made["endpoint"]!["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, deleted);
    }

    /// <summary>One sentence, when to try again, and nothing of our insides.</summary>
    static async Task IsUnavailableAsync(Client tenant, HttpMethod method, string path, object? body = null)
    {
        var (status, problem, response) = await tenant.TryAsync(method, path, body);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("A part of this service does not answer. Try again in a moment.", (string)problem!["title"]!);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.Null(problem["detail"]);
    }
}
