using System.Net;
using System.Text.Json.Nodes;
using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd.Suite;

/// <summary>What tenants may not, on any deployment.</summary>
public abstract class Tenancy(Deployment deployment)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly string[] notOfTenants = ["/v1/admin/", "/v1/models/", "/files/"];

    [Fact]
    public async Task EveryEndpoint_KnowsNothingOfAnotherTenantsThings()
    {
        using var owner = await deployment.TenantAsync();
        using var stranger = await deployment.TenantAsync();
        var ids = await ThingsAsync(owner);
        var tried = 0;
        foreach (var (path, operations) in (await owner.GetAsync("/openapi/v1.json"))["paths"]!.AsObject())
            foreach (var operation in operations!.AsObject())
            {
                if (!path.Contains('{') || notOfTenants.Any(start => path.StartsWith(start, StringComparison.Ordinal)))
                    continue;
                var method = HttpMethod.Parse(operation.Key);
                var target = ids.Where(thing => path.StartsWith(thing.Prefix, StringComparison.Ordinal))
                    .Aggregate(path, (filled, thing) => filled.Replace(thing.Parameter, thing.Id));
                Assert.DoesNotContain('{', target);
                var body = method == HttpMethod.Post && target.EndsWith("/imports", StringComparison.Ordinal)
                    ? null
                    : new JsonObject();
                var (status, _, _) = await stranger.TryAsync(
                    method, target + Query(target), method == HttpMethod.Post ? body : null);
                Assert.True(status == HttpStatusCode.NotFound, $"{method} {target} answered {(int)status}");
                tried++;
            }
        Assert.True(tried >= 20, $"only {tried} were tried");
        Assert.Empty((await stranger.GetAsync("/v1/generations"))["items"]!.AsArray());
        Assert.Empty((await stranger.GetAsync("/v1/webhooks"))["items"]!.AsArray());
        Assert.DoesNotContain(
            (await stranger.GetAsync("/v1/databases?limit=100"))["items"]!.AsArray(),
            database => (string)database!["name"]! == "secret");
        await OwnerHasAllAsync(owner, ids);
    }

    [Fact]
    public async Task AnothersDatabase_IsRefusedAsOneThatIsNot()
    {
        using var owner = await deployment.TenantAsync();
        using var stranger = await deployment.TenantAsync();
        var database = (string)(await owner.PostAsync("/v1/databases", new { name = "secret" }))["id"]!;
        foreach (var path in new[] { "/v1/generations", "/v1/retrievals" })
        {
            var anothers = await stranger.TryAsync(
                HttpMethod.Post, path, new { prompt = "a", databases = new[] { new { id = database } } });
            var none = await stranger.TryAsync(
                HttpMethod.Post, path, new { prompt = "a", databases = new[] { new { id = "db_none" } } });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, anothers.Status);
            Assert.Equal(
                none.Body!["errors"]!.ToJsonString().Replace("db_none", database), anothers.Body!["errors"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task KeyThatIsWrongOrNarrow_IsTurnedAway()
    {
        using var tenant = await deployment.TenantAsync();
        using var wrong = new Client(deployment.Gateway, "rdm_nonsense");
        Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.TryAsync(HttpMethod.Get, "/v1/generations")).Status);
        var made = await tenant.PostAsync("/v1/keys", new { name = "reader", scopes = new[] { "jobs:read" } });
        using var reader = new Client(deployment.Gateway, (string)made["key"]!);
        Assert.Equal(HttpStatusCode.OK, (await reader.TryAsync(HttpMethod.Get, "/v1/generations")).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await reader.TryAsync(HttpMethod.Post, "/v1/generations", new { prompt = "a" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await tenant.TryAsync(HttpMethod.Get, "/v1/admin/tenants")).Status);
    }

    [Fact]
    public async Task Quotas_AreKept()
    {
        using var tenant = await deployment.TenantAsync(new { max_images_per_day = 3, max_databases = 1 });
        Assert.Equal("completed", (string)(await tenant.DrawAsync(new { prompt = "a star", steps = 2, n = 2 }))["status"]!);
        var (status, problem, response) = await tenant.TryAsync(
            HttpMethod.Post, "/v1/generations", new { prompt = "a star", steps = 2, n = 2 });
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("images", problem!.ToJsonString());
        Assert.NotNull(response.Headers.RetryAfter);
        await tenant.PostAsync("/v1/databases", new { name = "one" });
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            (await tenant.TryAsync(HttpMethod.Post, "/v1/databases", new { name = "two" })).Status);
    }

    [Fact]
    public async Task Rate_IsLimitedAndSaid()
    {
        using var tenant = await deployment.TenantAsync(new { requests_per_minute = 5 });
        HttpResponseMessage response;
        do
        {
            response = (await tenant.TryAsync(HttpMethod.Get, "/v1/generations")).Response;
            Assert.True(response.Headers.Contains("RateLimit"));
        }
        while (response.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 0, 60);
    }

    /// <summary>One of each thing that has an id.</summary>
    static async Task<List<(string Prefix, string Parameter, string Id)>> ThingsAsync(Client owner)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var job = (string)(await owner.DrawAsync(new { prompt = "a star", steps = 2 }))["id"]!;
        var database = (string)(await owner.PostAsync("/v1/databases", new { name = "secret" }))["id"]!;
        var import = (string)(await Databases.ImportAsync(owner, database, Pictures.Zip(2)))["id"]!;
        var endpoint = (string)(await owner.PostAsync("/v1/webhooks", new { url = receiver.UrlOf("/") }))["endpoint"]!["id"]!;
        var delivery = (string)(await owner.PostAsync($"/v1/webhooks/{endpoint}/test"))["id"]!;
        var made = await owner.PostAsync("/v1/keys", new { name = "another", scopes = new[] { "jobs:read" } });
        var key = (string)made["details"]!["id"]!;
        using var upload = await owner.Http.PostAsync(
            "/v1/uploads",
            new ByteArrayContent(Pictures.Plain(1, 2, 3)) { Headers = { ContentType = new("image/png") } }, Cancel);
        var uploaded = (string)JsonNode.Parse(await upload.Content.ReadAsStringAsync(Cancel))!["id"]!;
        return
        [
            ("/v1/generations/", "{id}", job),
            ("/v1/databases/", "{id}", database),
            ("/v1/databases/", "{import}", import),
            ("/v1/databases/", "{image}", Uri.EscapeDataString("colors/0.png")),
            ("/v1/webhooks/", "{id}", endpoint),
            ("/v1/webhook-deliveries/", "{id}", delivery),
            ("/v1/keys/", "{id}", key),
            ("/v1/uploads/", "{id}", uploaded),
        ];
    }

    static async Task OwnerHasAllAsync(Client owner, List<(string Prefix, string Parameter, string Id)> ids)
    {
        string Id(string prefix) => ids.First(thing => thing.Prefix == prefix).Id;
        Assert.Equal("completed", (string)(await owner.GetAsync($"/v1/generations/{Id("/v1/generations/")}"))["status"]!);
        Assert.Equal(2, (long)(await owner.GetAsync($"/v1/databases/{Id("/v1/databases/")}"))["images"]!);
        Assert.Null((await owner.GetAsync($"/v1/webhooks/{Id("/v1/webhooks/")}"))["disabled_reason"]);
    }

    static string Query(string path) =>
        path.EndsWith("/replay", StringComparison.Ordinal) && path.StartsWith("/v1/webhooks/", StringComparison.Ordinal)
        ? "?since=2026-01-01T00:00:00Z"
        : path.EndsWith("/imports", StringComparison.Ordinal) ? "?prefix=x" : "";
}
