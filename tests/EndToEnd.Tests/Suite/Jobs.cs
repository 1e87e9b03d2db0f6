using System.Net;
using System.Security.Cryptography;
using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd.Suite;

/// <summary>What a client does with jobs, on any deployment.</summary>
public abstract class Jobs(Deployment deployment)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly object long_ = new { prompt = "a red heart", n = 10, steps = 250 };

    [Fact]
    public async Task Job_IsDrawnWithItsPicturesNeighborsAndReceipt()
    {
        using var tenant = await deployment.TenantAsync();
        var (status, job, _) = await tenant.TryAsync(HttpMethod.Post, "/v1/generations",
            new { prompt = "a red heart", n = 2, steps = 8, k = 3, seed = 5, databases = new[] { new { id = "fluent-flat" } } },
            ("Prefer", "wait=60"));
        Assert.Equal((HttpStatusCode.OK, "completed"), (status, (string)job!["status"]!));
        Assert.Equal([5L, 6L], job["output"]!.AsArray().Select(picture => (long)picture!["seed"]!));
        foreach (var picture in job["output"]!.AsArray())
        {
            var file = await Client.DownloadAsync((string)picture!["url"]!);
            Assert.Equal((string)picture["sha256"]!, Convert.ToHexStringLower(SHA256.HashData(file)));
            var decoded = Pictures.Decode(file);
            Assert.Equal((64, 64), (decoded.Width, decoded.Height));
            Assert.True(decoded.Pixels.Distinct().Count() > 20);
            Assert.Equal(64, Pictures.Decode(await Client.DownloadAsync((string)picture["thumbnail_url"]!)).Width);
        }
        var neighbors = job["neighbors"]!.AsArray();
        Assert.Equal(3, neighbors.Count);
        Assert.All(neighbors, neighbor => Assert.Equal("fluent-flat", (string)neighbor!["database"]!));
        var thumbnail = await tenant.Http.GetAsync((string)neighbors[0]!["thumbnail_url"]!, Cancel);
        Assert.Equal("image/png", thumbnail.Content.Headers.ContentType!.MediaType);
        var receipt = System.Text.Json.Nodes.JsonNode.Parse(await Client.DownloadAsync((string)job["manifest_url"]!))!;
        Assert.Equal((string)job["model_hash"]!, (string)receipt["model_hash"]!);
        Assert.Equal(3, receipt["neighbors"]!.AsArray().Count);
        Assert.Equal("a red heart", (string)receipt["parameters"]!["prompt"]!);
    }

    [Theory]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("webp", "image/webp")]
    public async Task Format_IsTheClients(string format, string type)
    {
        using var tenant = await deployment.TenantAsync();
        var picture = (await tenant.DrawAsync(new { prompt = "a star", steps = 2, format }))["output"]![0]!;
        Assert.Equal(type, (string)picture["content_type"]!);
        Assert.Equal(64, Pictures.Decode(await Client.DownloadAsync((string)picture["url"]!)).Width);
    }

    [Fact]
    public async Task BulkJob_IsDrawnToo()
    {
        using var tenant = await deployment.TenantAsync();
        var job = await tenant.DrawAsync(new { prompt = "a star", steps = 2, lane = "bulk" });
        Assert.Equal("completed", (string)job["status"]!);
    }

    [Fact]
    public async Task Stream_TellsOfEveryStageAndGoesOnWhereItWasLeft()
    {
        using var tenant = await deployment.TenantAsync();
        var id = await tenant.SubmitAsync(new { prompt = "a blue car", steps = 60, previews = true });
        var events = await tenant.EventsAsync(id).ToListAsync(Cancel);
        var types = events.ConvertAll(happened => happened.Type);
        Assert.Equal(["queued", "embedded", "retrieved", "completed"],
            types.Where(type => type is "queued" or "embedded" or "retrieved" or "completed" or "failed"));
        Assert.Contains("progress", types);
        Assert.Equal(4, events.Single(happened => happened.Type == "retrieved").Data["neighbors"]!.AsArray().Count);
        Assert.Equal(id, (string)events[^1].Data["id"]!);
        var rest = await tenant.EventsAsync(id, after: events[2].Id).ToListAsync(Cancel);
        Assert.Equal(events[3..].Select(happened => happened.Id), rest.Select(happened => happened.Id));
    }

    [Theory]
    [InlineData("queued")]
    [InlineData("embedded")]
    [InlineData("retrieved")]
    [InlineData("progress")]
    public async Task CanceledJob_EndsSoonWhereverItIs(string stage)
    {
        using var tenant = await deployment.TenantAsync();
        var id = await tenant.SubmitAsync(long_);
        await foreach (var happened in tenant.EventsAsync(id))
            if (happened.Type == stage && (stage != "progress" || (int)happened.Data["step"]! > 0))
                break;
        await tenant.PostAsync($"/v1/generations/{id}/cancel");
        var job = await tenant.GetAsync($"/v1/generations/{id}");
        Assert.Equal("canceled", (string)job["status"]!);
        Assert.Empty(job["output"]!.AsArray());
        // The worker is free again.
        Assert.Equal("completed", (string)(await tenant.DrawAsync(new { prompt = "a star", steps = 2 }))["status"]!);
        Assert.Equal("canceled", (string)(await tenant.GetAsync($"/v1/generations/{id}"))["status"]!);
        Assert.Equal("canceled", (await tenant.EventsAsync(id).ToListAsync(Cancel))[^1].Type);
    }

    [Fact]
    public async Task JobPastItsDeadline_HasExpired()
    {
        using var tenant = await deployment.TenantAsync();
        var id = await tenant.SubmitAsync(new { prompt = "a red heart", n = 10, steps = 250, deadline_seconds = 1 });
        Assert.Equal("expired", (string)(await tenant.WaitAsync(id))["status"]!);
        Assert.Equal("completed", (string)(await tenant.DrawAsync(new { prompt = "a star", steps = 2 }))["status"]!);
    }

    [Fact]
    public async Task RequestSentAgain_IsTheSameJob()
    {
        using var tenant = await deployment.TenantAsync();
        var key = ("Idempotency-Key", "\"an order of mine\"");
        var first = await tenant.TryAsync(HttpMethod.Post, "/v1/generations", new { prompt = "a star", steps = 2 }, key);
        var again = await tenant.TryAsync(HttpMethod.Post, "/v1/generations", new { prompt = "a star", steps = 2 }, key);
        var other = await tenant.TryAsync(HttpMethod.Post, "/v1/generations", new { prompt = "a moon", steps = 2 }, key);
        Assert.Equal((string)first.Body!["id"]!, (string)again.Body!["id"]!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Single((await tenant.GetAsync("/v1/generations"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Jobs_AreListedByPageStatusAndLabel()
    {
        using var tenant = await deployment.TenantAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await tenant.SubmitAsync(new { prompt = "a star", steps = 2, metadata = new { order = $"{i % 2}" } }));
        foreach (var id in ids)
            await tenant.WaitAsync(id);
        ids.Reverse(); // the newest first
        var page = await tenant.GetAsync("/v1/generations?limit=3");
        var rest = await tenant.GetAsync($"/v1/generations?limit=3&cursor={Uri.EscapeDataString((string)page["next"]!)}");
        Assert.Equal(ids, page["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(job => (string)job!["id"]!));
        Assert.Equal(2, (await tenant.GetAsync("/v1/generations?metadata[order]=1"))["items"]!.AsArray().Count);
        Assert.Equal(5, (await tenant.GetAsync("/v1/generations?status=completed"))["items"]!.AsArray().Count);
        Assert.Empty((await tenant.GetAsync("/v1/generations?status=failed"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Replay_DrawsTheSamePictureAgain()
    {
        using var tenant = await deployment.TenantAsync();
        var first = await tenant.DrawAsync(new { prompt = "a red heart", steps = 8 });
        var replayed = await tenant.WaitAsync((string)(await tenant.PostAsync($"/v1/generations/{first["id"]}/replay"))["id"]!);
        var (one, other) = (await PictureAsync(first), await PictureAsync(replayed));
        Assert.InRange(one.Pixels.Zip(other.Pixels, (a, b) => Math.Abs(a - b)).Max(), 0, 2);
        Assert.Equal((string)first["id"]!, (string)replayed["replay_of"]!);
    }

    [Fact]
    public async Task Query_MayBeAPictureOrAVector()
    {
        using var tenant = await deployment.TenantAsync();
        var heart = (string)(await tenant.DrawAsync(new { prompt = "a red heart", steps = 2 }))["neighbors"]![0]!["image"]!;
        var thumbnail = await tenant.Http.GetByteArrayAsync(
            $"/v1/databases/fluent-3d/images/{Uri.EscapeDataString(heart)}/thumbnail", Cancel);
        var url = $"data:image/png;base64,{Convert.ToBase64String(thumbnail)}";
        var similar = await tenant.DrawAsync(new { image = url, steps = 2, databases = new[] { new { id = "fluent-3d" } } });
        Assert.Equal("completed", (string)similar["status"]!);
        Assert.Contains(heart, similar["neighbors"]!.AsArray().Select(neighbor => (string)neighbor!["image"]!));
        var vector = await tenant.DrawAsync(new { vector = Enumerable.Range(0, 256).Select(i => (float)Math.Sin(i)), steps = 2 });
        Assert.Equal("completed", (string)vector["status"]!);
    }

    [Fact]
    public async Task DeletedJob_LeavesNoPictures()
    {
        using var tenant = await deployment.TenantAsync();
        var job = await tenant.DrawAsync(new { prompt = "a star", steps = 2 });
        var url = (string)job["output"]![0]!["url"]!;
        Assert.NotEmpty(await Client.DownloadAsync(url));
        Assert.Equal(HttpStatusCode.NoContent, (await tenant.TryAsync(HttpMethod.Delete, $"/v1/generations/{job["id"]}")).Status);
        using var http = new HttpClient();
        while ((await http.GetAsync(url, Cancel)).StatusCode != HttpStatusCode.NotFound)
            await Task.Delay(20, Cancel);
        Assert.Empty((await tenant.GetAsync($"/v1/generations/{job["id"]}"))["output"]!.AsArray());
    }

    [Theory]
    [InlineData("prompt", """{"prompt": ""}""")]
    [InlineData("n", """{"prompt": "a", "n": 11}""")]
    [InlineData("k", """{"prompt": "a", "k": 21}""")]
    [InlineData("steps", """{"prompt": "a", "steps": 0}""")]
    [InlineData("width", """{"prompt": "a", "width": 65}""")]
    [InlineData("guidance_scale", """{"prompt": "a", "guidance_scale": -1}""")]
    [InlineData("model", """{"prompt": "a", "model": "none"}""")]
    [InlineData("databases[0].id", """{"prompt": "a", "databases": [{"id": "none"}]}""")]
    [InlineData("webhook.url", """{"prompt": "a", "webhook": {"url": "https://10.0.0.1/"}}""")]
    [InlineData("vector", """{"vector": [1, 2, 3]}""")]
    public async Task FieldThatIsNotValid_IsNamed(string field, string body)
    {
        using var tenant = await deployment.TenantAsync();
        var (status, problem, response) = await tenant.TryAsync(
            HttpMethod.Post, "/v1/generations", System.Text.Json.Nodes.JsonNode.Parse(body));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(field, problem!["errors"]!.AsObject().Select(error => error.Key));
    }

    static async Task<Images.RgbImage> PictureAsync(System.Text.Json.Nodes.JsonNode job) =>
        Pictures.Decode(await Client.DownloadAsync((string)job["output"]![0]!["url"]!));
}
