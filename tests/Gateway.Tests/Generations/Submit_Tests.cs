using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Support;

namespace RdmCloud.Gateway.Generations;

public sealed class Submit_Tests : IAsyncLifetime
{
    GatewayHost host = null!;
    HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync();
        client = host.ClientOf("tenant-a");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Job_IsAcceptedAtAnAddress_WithEveryDefaultFilledIn()
    {
        using var response = await client.PostAsJsonAsync("/v1/generations", new { prompt = "a heart" }, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var job = await JsonOf(response);
        Assert.Equal($"/v1/generations/{job["id"]}", response.Headers.Location!.ToString());
        var input = job["input"]!;
        Assert.Equal(
            ("tiny", 20, 2.0, 4, "ddim", 64),
            ((string)input["model"]!, (int)input["steps"]!, (double)input["guidance_scale"]!,
                (int)input["k"]!, (string)input["sampler"]!, (int)input["width"]!));
        Assert.Equal("fluent-3d", (string)input["databases"]![0]!["id"]!);
        Assert.NotNull(input["seed"]);
    }

    [Fact]
    public async Task CompletedJob_ShowsPicturesNeighborsAndTimings()
    {
        var id = await host.SubmitAsync("tenant-a", new { prompt = "a heart", n = 2, seed = 7 });
        await host.WaitAsync("tenant-a", id);
        var job = (await client.GetFromJsonAsync<JsonNode>($"/v1/generations/{id}", Cancel))!;
        Assert.Equal("completed", (string)job["status"]!);
        Assert.Equal([7, 8], job["output"]!.AsArray().Select(output => (long)output!["seed"]!));
        Assert.StartsWith("http://localhost/files/", (string)job["output"]![0]!["url"]!);
        Assert.Equal(
            ("heart", "a heart", 1.5),
            ((string)job["neighbors"]![0]!["image"]!, (string)job["neighbors"]![0]!["title"]!, (double)job["device_seconds"]!));
    }

    [Fact]
    public async Task ClientThatPrefersToWait_GetsTheEnd()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/generations")
        {
            Content = JsonContent.Create(new { prompt = "a heart" }),
        };
        request.Headers.Add("Prefer", "wait=30");
        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("wait=30", response.Headers.GetValues("Preference-Applied").Single());
        Assert.Equal("completed", (string)(await JsonOf(response))["status"]!);
    }

    [Fact]
    public async Task ClientThatPrefersToWaitLessLong_GetsTheJobAsItIs()
    {
        host.Chain.Act = _ => Task.CompletedTask; // nothing ever becomes of it
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/generations")
        {
            Content = JsonContent.Create(new { prompt = "a heart" }),
        };
        request.Headers.Add("Prefer", "wait=1");
        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Theory]
    [InlineData("""{}""", "prompt")]
    [InlineData("""{"prompt":" "}""", "prompt")]
    [InlineData("""{"prompt":"a","vector":[1,2,3,4]}""", "prompt")]
    [InlineData("""{"vector":[1,2,3]}""", "vector")]
    [InlineData("""{"vector":[1,2,3,1e30]}""", "vector")]
    [InlineData("""{"prompt":"a","n":0}""", "n")]
    [InlineData("""{"prompt":"a","n":11}""", "n")]
    [InlineData("""{"prompt":"a","k":21}""", "k")]
    [InlineData("""{"prompt":"a","k":-1}""", "k")]
    [InlineData("""{"prompt":"a","seed":-1}""", "seed")]
    [InlineData("""{"prompt":"a","seed":9007199254740992}""", "seed")]
    [InlineData("""{"prompt":"a","guidance_scale":51}""", "guidance_scale")]
    [InlineData("""{"prompt":"a","steps":0}""", "steps")]
    [InlineData("""{"prompt":"a","steps":1001}""", "steps")]
    [InlineData("""{"prompt":"a","width":65}""", "width")]
    [InlineData("""{"prompt":"a","height":272}""", "height")]
    [InlineData("""{"prompt":"a","priority":10}""", "priority")]
    [InlineData("""{"prompt":"a","model":"none"}""", "model")]
    [InlineData("""{"prompt":"a","databases":[{"id":"none"}]}""", "databases[0].id")]
    [InlineData("""{"prompt":"a","databases":[{"id":"db_other_clip"}]}""", "databases[0].id")]
    [InlineData("""{"prompt":"a","databases":[{"id":"fluent-3d","weight":0}]}""", "databases[0].weight")]
    [InlineData("""{"prompt":"a","databases":[{"id":"fluent-3d","version":2}]}""", "databases[0].version")]
    [InlineData("""{"prompt":"a","databases":[{"id":"fluent-3d"},{"id":"fluent-3d"}]}""", "databases")]
    [InlineData("""{"prompt":"a","k":1,"pinned":["a","b"]}""", "pinned")]
    [InlineData("""{"prompt":"a","pinned":["a"],"excluded":["a"]}""", "excluded")]
    [InlineData("""{"prompt":"a","metadata":{"":"x"}}""", "metadata[]")]
    [InlineData("""{"prompt":"a","webhook":{"url":"http://x"}}""", "webhook.url")]
    [InlineData("""{"prompt":"a","webhook":{"url":"https://x","events":["nothing"]}}""", "webhook.events")]
    [InlineData("""{"prompt":"a","retention_seconds":59}""", "retention_seconds")]
    [InlineData("""{"prompt":"a","deadline_seconds":0}""", "deadline_seconds")]
    [InlineData("""{"prompt":"a","start_deadline_seconds":-1}""", "start_deadline_seconds")]
    [InlineData("""{"image":"upl_none"}""", "image")]
    [InlineData("""{"image":"data:text/html;base64,AAAA"}""", "image")]
    [InlineData("""{"image":"data:image/png;base64,@"}""", "image")]
    public async Task ValueOutOfBounds_IsAProblemThatNamesTheField(string body, string field)
    {
        using var response = await PostAsync(body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(field, (await JsonOf(response))["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"prompt":1}""")]
    [InlineData("""{"promt":"a"}""")]
    [InlineData("""{"prompt":"a","sampler":"euler"}""")]
    [InlineData("""{"prompt":"a","steps":1.5}""")]
    public async Task BodyThatCannotBeRead_IsAProblem(string body)
    {
        using var response = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("   at ", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task AnothersPrivateDatabase_IsNoDatabase()
    {
        using var other = host.ClientOf("tenant-b");
        using var own = await client.PostAsJsonAsync(
            "/v1/generations", new { prompt = "a", databases = new[] { new { id = "db_own" } } }, Cancel);
        using var foreign = await other.PostAsJsonAsync(
            "/v1/generations", new { prompt = "a", databases = new[] { new { id = "db_own" } } }, Cancel);
        using var missing = await other.PostAsJsonAsync(
            "/v1/generations", new { prompt = "a", databases = new[] { new { id = "db_xyz" } } }, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, own.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Equal((await missing.Content.ReadAsStringAsync(Cancel)).Replace("db_xyz", "db_own").Split("trace_id")[0],
            (await foreign.Content.ReadAsStringAsync(Cancel)).Split("trace_id")[0]);
    }

    [Fact]
    public async Task AnothersJob_DoesNotExist()
    {
        var id = await host.SubmitAsync("tenant-a");
        using var other = host.ClientOf("tenant-b");
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, $"/v1/generations/{id}"), (HttpMethod.Get, $"/v1/generations/{id}/events"),
            (HttpMethod.Post, $"/v1/generations/{id}/cancel"), (HttpMethod.Post, $"/v1/generations/{id}/replay"),
            (HttpMethod.Delete, $"/v1/generations/{id}"),
        })
        {
            using var response = await other.SendAsync(new(method, path), Cancel);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
        Assert.Empty((await other.GetFromJsonAsync<JsonNode>("/v1/generations", Cancel))!["items"]!.AsArray());
    }

    [Fact]
    public async Task Upload_IsAQuery()
    {
        using var upload = await client.PostAsync(
            "/v1/uploads", new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new("image/png") } }, Cancel);
        Assert.Equal(HttpStatusCode.Created, upload.StatusCode);
        var id = await host.SubmitAsync("tenant-a", new { image = (string)(await JsonOf(upload))["id"]! });
        var job = await host.WaitAsync("tenant-a", id);
        Assert.Contains($"tenants/tenant-a/jobs/{id}/query", job.Generation);
    }

    [Fact]
    public async Task Deletion_TakesTheResultsAndLeavesTheBill()
    {
        var id = await host.SubmitAsync("tenant-a");
        await host.WaitAsync("tenant-a", id);
        using var response = await client.DeleteAsync($"/v1/generations/{id}", Cancel);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var job = (await client.GetFromJsonAsync<JsonNode>($"/v1/generations/{id}", Cancel))!;
        Assert.Empty(job["output"]!.AsArray());
        Assert.Equal((JobStatus.Completed, 1.5), ((await host.WaitAsync("tenant-a", id)).Status, (double)job["device_seconds"]!));
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<HttpResponseMessage> PostAsync(string body) =>
        await client.PostAsync("/v1/generations", new StringContent(body, Encoding.UTF8, "application/json"), Cancel);

    static async Task<JsonNode> JsonOf(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;
}
