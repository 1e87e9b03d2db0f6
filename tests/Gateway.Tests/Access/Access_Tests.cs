using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RdmCloud.Gateway.Support;
using RdmCloud.Logs;

namespace RdmCloud.Gateway.Access;

public sealed class Access_Tests : IAsyncLifetime
{
    GatewayHost host = null!;
    HttpClient client = null!, operatorClient = null!;

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync();
        client = host.ClientOf("tenant-a");
        operatorClient = host.ClientWith(GatewayHost.AdminKey);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        operatorClient.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task RequestWithoutAKey_IsRefused()
    {
        using var stranger = host.ClientWith(null);
        string[] paths =
        [
            "/v1/generations", "/v1/databases", "/v1/models", "/v1/keys", "/v1/usage", "/v1/webhooks", "/v1/admin/tenants",
        ];
        foreach (var path in paths)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(stranger, path));
    }

    [Fact]
    public async Task DescriptionAndPage_AreOpen()
    {
        using var stranger = host.ClientWith(null);
        var description = await stranger.GetFromJsonAsync<JsonNode>("/openapi/v1.json", Cancel);
        Assert.StartsWith("3.1", (string)description!["openapi"]!);
        Assert.NotNull(description["webhooks"]!["job.completed"]);
        Assert.NotNull(description["paths"]!["/v1/generations/{id}/events"]!["get"]);
        var page = await stranger.GetStringAsync("/docs", Cancel);
        Assert.DoesNotContain("https://", page.Replace("https://github.com", "")); // it loads nothing from elsewhere
    }

    [Fact]
    public async Task WrongKeys_AreToldApart()
    {
        var key = await NewKeyAsync(client, new { name = "k", scopes = new[] { "jobs:read" } });
        using var typo = host.ClientWith(key[..^1] + (key[^1] == 'a' ? 'b' : 'a'));
        Assert.Contains("character", await TitleOf(typo, "/v1/generations"));
        using var unknown = host.ClientWith(KeyFormat.New());
        Assert.Contains("not known", await TitleOf(unknown, "/v1/generations"));
    }

    [Fact]
    public async Task ManyWrongKeys_AreHeldUpAndARightOneIsNot()
    {
        using var guesser = host.ClientWith(KeyFormat.New());
        for (var i = 0; i < 60; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(guesser, "/v1/models"));
        using var refused = await guesser.GetAsync("/v1/models", Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.OK, await StatusOf(client, "/v1/models"));
    }

    [Fact]
    public async Task Keys_AreNeverLogged()
    {
        await using var chatty = await GatewayHost.StartAsync(1, ("Logging:LogLevel:Default", "Trace"));
        using var tenant = chatty.ClientOf("tenant-a");
        var made = await NewKeyAsync(tenant, new { name = "k", scopes = new[] { "jobs:read" } });
        using var user = chatty.ClientWith(made);
        using var guesser = chatty.ClientWith("rdm_a_wrong_key");
        using var admin = chatty.ClientWith(GatewayHost.AdminKey);
        Assert.Equal(HttpStatusCode.OK, await StatusOf(user, "/v1/generations"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(guesser, "/v1/generations"));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(admin, "/v1/admin/tenants"));
        var lines = chatty.Get<CapturedLogs>().Lines;
        Assert.Contains(lines, line => line.Contains("/v1/generations"));
        foreach (var secret in new[] { made, "rdm_a_wrong_key", GatewayHost.AdminKey })
            Assert.DoesNotContain(lines, line => line.Contains(secret));
    }

    [Theory]
    [InlineData("""{"prompt": "a", "colour": "red"}""", "There is no field 'colour'.")]
    [InlineData("""{"prompt": "a", "n": "two"}""", "The value of 'n' is not of the kind that it should be.")]
    [InlineData("""{"prompt": "a", "databases": [{}]}""", "It lacks 'id'.")]
    [InlineData("""{"prompt": "a",""", "It is not valid JSON, from line 1, character 15 on.")]
    public async Task BodyThatCannotBeRead_IsExplainedInTheClientsWords(string body, string detail)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var refused = await client.PostAsync("/v1/generations", content, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(detail, (string)(await refused.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["detail"]!);
    }

    [Fact]
    public async Task DeadLetters_AreTheOperatorsAlone()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(client, "/v1/admin/dead-letters"));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(operatorClient, "/v1/admin/dead-letters"));
    }

    [Fact]
    public async Task Key_MayDoWhatItsScopesSay()
    {
        using var reader = host.ClientWith(await NewKeyAsync(client, new { name = "reader", scopes = new[] { "jobs:read" } }));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(reader, "/v1/generations"));
        using var submit = await reader.PostAsJsonAsync("/v1/generations", new { prompt = "a heart" }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, submit.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(reader, "/v1/databases"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(reader, "/v1/admin/tenants"));
    }

    [Fact]
    public async Task Key_CannotMakeOneThatMayMore()
    {
        using var keeper = host.ClientWith(await NewKeyAsync(client, new { name = "keeper", scopes = new[] { "keys:admin" } }));
        foreach (var scope in new[] { "jobs:write", "admin", "nonsense" })
        {
            using var response = await keeper.PostAsJsonAsync("/v1/keys", new { name = "k", scopes = new[] { scope } }, Cancel);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        }
    }

    [Fact]
    public async Task RevokedKey_IsRefusedAtOnce()
    {
        using var created = await client.PostAsJsonAsync("/v1/keys", new { name = "k", scopes = new[] { "jobs:read" } }, Cancel);
        var key = (await created.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;
        using var holder = host.ClientWith((string)key["key"]!);
        Assert.Equal(HttpStatusCode.OK, await StatusOf(holder, "/v1/generations"));
        using var revoked = await client.DeleteAsync($"/v1/keys/{key["details"]!["id"]}", Cancel);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(holder, "/v1/generations"));
    }

    [Fact]
    public async Task ExpiredKey_IsRefused()
    {
        var (key, _) = await host.Get<KeyStore>().CreateAsync("tenant-a", "k", ["jobs:read"], TimeSpan.FromSeconds(-1), Cancel);
        using var holder = host.ClientWith(key);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(holder, "/v1/generations"));
    }

    [Fact]
    public async Task AnothersKeys_AreNotSeen()
    {
        await NewKeyAsync(client, new { name = "mine", scopes = new[] { "jobs:read" } });
        using var other = host.ClientOf("tenant-b");
        var id = (string)(await client.GetFromJsonAsync<JsonNode>("/v1/keys", Cancel))!["items"]![1]!["id"]!;
        Assert.DoesNotContain("mine", await other.GetStringAsync("/v1/keys", Cancel));
        using var response = await other.DeleteAsync($"/v1/keys/{id}", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task KeyItself_IsKeptNowhere()
    {
        var key = await NewKeyAsync(client, new { name = "k", scopes = new[] { "jobs:read" } });
        Assert.DoesNotContain(key, await client.GetStringAsync("/v1/keys", Cancel));
        Assert.All(await host.Get<KeyStore>().ListAsync("tenant-a", Cancel), row => Assert.NotEqual(key, row.Hash));
    }

    [Fact]
    public async Task Operator_MakesTenantsWithTheirFirstKey()
    {
        using var created = await operatorClient.PostAsJsonAsync("/v1/admin/tenants",
            new { id = "acme", settings = new { weight = 3, max_queued_jobs = 1, requests_per_minute = 5 } }, Cancel);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var acme = host.ClientWith((string)(await created.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["key"]!["key"]!);
        Assert.Equal(HttpStatusCode.OK, await StatusOf(acme, "/v1/generations"));
        using var again = await operatorClient.PostAsJsonAsync("/v1/admin/tenants", new { id = "acme" }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        using var hostile = await operatorClient.PostAsJsonAsync("/v1/admin/tenants", new { id = "../x" }, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, hostile.StatusCode);
    }

    [Fact]
    public async Task Operator_IsNoTenant() =>
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(operatorClient, "/v1/generations"));

    [Fact]
    public async Task Requests_AreCountedAndLimited()
    {
        await host.ChangeTenantAsync("tenant-a", tenant => tenant.RequestsPerMinute = 3);
        for (var left = 2; left >= 0; left--)
        {
            using var allowed = await client.GetAsync("/v1/models", Cancel);
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
            Assert.Equal("\"requests\";q=3;w=60", allowed.Headers.GetValues("RateLimit-Policy").Single());
            Assert.StartsWith($"\"requests\";r={left};t=", allowed.Headers.GetValues("RateLimit").Single());
        }
        using var refused = await client.GetAsync("/v1/models", Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.StartsWith("\"requests\";r=0;t=", refused.Headers.GetValues("RateLimit").Single());
        Assert.Equal("requests", (string)(await refused.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["violated-policies"]![0]!);
        using var other = host.ClientOf("tenant-b");
        Assert.Equal(HttpStatusCode.OK, await StatusOf(other, "/v1/models"));
    }

    [Fact]
    public async Task QuotaOfImages_IsKept()
    {
        await host.ChangeTenantAsync("tenant-a", tenant => tenant.MaxImagesPerDay = 3);
        await host.SubmitAsync("tenant-a", new { prompt = "a heart", n = 2 });
        using var refused = await client.PostAsJsonAsync("/v1/generations", new { prompt = "a heart", n = 2 }, Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        await host.SubmitAsync("tenant-a", new { prompt = "a heart", n = 1 });
    }

    [Fact]
    public async Task QuotaOfDatabases_IsKept()
    {
        await host.ChangeTenantAsync("tenant-a", tenant => tenant.MaxDatabases = 1);
        using var refused = await client.PostAsJsonAsync("/v1/databases", new { name = "second" }, Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task Usage_IsCountedByKeyAndDay()
    {
        var id = await host.SubmitAsync("tenant-a", new { prompt = "a heart", n = 2, steps = 10 });
        await host.WaitAsync("tenant-a", id);
        using var look = await client.PostAsJsonAsync("/v1/retrievals", new { prompt = "a heart" }, Cancel);
        look.EnsureSuccessStatusCode();
        var line = (await client.GetFromJsonAsync<JsonNode>("/v1/usage", Cancel))!["items"]!.AsArray().Single()!;
        Assert.Equal(
            (1, 2, 20, 1.5, 1),
            ((int)line["jobs"]!, (int)line["images"]!, (int)line["steps"]!,
                (double)line["device_seconds"]!, (int)line["retrievals"]!));
        Assert.StartsWith("key_", (string)line["key"]!);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<HttpStatusCode> StatusOf(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancel);
        return response.StatusCode;
    }

    static async Task<string> TitleOf(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancel);
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["title"]!;
    }

    static async Task<string> NewKeyAsync(HttpClient by, object request)
    {
        using var response = await by.PostAsJsonAsync("/v1/keys", request, Cancel);
        response.EnsureSuccessStatusCode();
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["key"]!;
    }
}
