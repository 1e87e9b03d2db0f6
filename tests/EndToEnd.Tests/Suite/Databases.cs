using System.Net;
using System.Text.Json.Nodes;
using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd.Suite;

/// <summary>A tenant's own databases, on any deployment.</summary>
public abstract class Databases(Deployment deployment)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OwnDatabase_ShapesPicturesUntilItsImagesAreDeleted()
    {
        using var tenant = await deployment.TenantAsync();
        var database = (string)(await tenant.PostAsync("/v1/databases", new { name = "colors", license = "CC0-1.0" }))["id"]!;
        var import = await ImportAsync(tenant, database, Pictures.Zip(40));
        Assert.Equal(("completed", 40L, 1L), ((string)import["status"]!, (long)import["done"]!, (long)import["refused_count"]!));
        Assert.Equal("colors/broken.png", (string)import["refused"]![0]!["name"]!);
        Assert.Equal(40, (long)(await tenant.GetAsync($"/v1/databases/{database}"))["images"]!);

        var order = new { prompt = "red", steps = 4, k = 4, seed = 1, databases = new[] { new { id = database } } };
        var first = await tenant.DrawAsync(order);
        Assert.Equal("completed", (string)first["status"]!);
        Assert.All(first["neighbors"]!.AsArray(), neighbor => Assert.Equal(
            (database, "Ann", "CC0-1.0"),
            ((string)neighbor!["database"]!, (string)neighbor["author"]!, (string)neighbor["license"]!)));

        var nearest = (string)first["neighbors"]![0]!["image"]!;
        var path = $"/v1/databases/{database}/images/{Uri.EscapeDataString(nearest)}";
        Assert.Equal(nearest, (string)(await tenant.GetAsync(path))["id"]!);
        Assert.Equal(HttpStatusCode.OK, (await tenant.TryAsync(HttpMethod.Delete, path)).Status);
        Assert.DoesNotContain(nearest, Images(await tenant.DrawAsync(order)));

        // The first job's version still has it: the receipt can be drawn again, until the image is purged.
        Assert.Equal(Images(first), Images(await ReplayAsync(tenant, first)));
        Assert.Equal(HttpStatusCode.OK, (await tenant.TryAsync(HttpMethod.Delete, $"{path}?purge=true")).Status);
        Assert.DoesNotContain(nearest, Images(await ReplayAsync(tenant, first)));
        Assert.Equal(HttpStatusCode.NoContent, (await tenant.TryAsync(HttpMethod.Delete, $"/v1/databases/{database}")).Status);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity, (await tenant.TryAsync(HttpMethod.Post, "/v1/generations", order)).Status);
    }

    [Fact]
    public async Task Weights_DivideTheNeighbors()
    {
        using var tenant = await deployment.TenantAsync();
        var job = await tenant.DrawAsync(new
        {
            prompt = "a cat",
            steps = 2,
            k = 4,
            databases = new object[] { new { id = "noto", weight = 3 }, new { id = "fluent-3d", weight = 1 } },
        });
        Assert.Equal(
            [("fluent-3d", 1), ("noto", 3)],
            job["neighbors"]!.AsArray().CountBy(neighbor => (string)neighbor!["database"]!)
                .Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Fact]
    public async Task Retrieval_FindsNeighborsWithoutDrawing()
    {
        using var tenant = await deployment.TenantAsync();
        var found = await tenant.PostAsync(
            "/v1/retrievals", new { prompt = "a red heart", k = 20, databases = new[] { new { id = "fluent-3d" } } });
        Assert.Equal(20, found["neighbors"]!.AsArray().Count);
        Assert.Contains(found["neighbors"]!.AsArray(), neighbor => ((string)neighbor!["title"]!).Contains("heart"));
        Assert.Equal(1, (long)(await tenant.GetAsync("/v1/usage"))["items"]!.AsArray().Sum(line => (long)line!["retrievals"]!));
    }

    [Fact]
    public async Task FilesOfAForm_AreImportedToo()
    {
        using var tenant = await deployment.TenantAsync();
        var database = (string)(await tenant.PostAsync("/v1/databases", new { name = "files" }))["id"]!;
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Pictures.Plain(255, 0, 0)), "files", "red.png" },
            { new ByteArrayContent(Pictures.Plain(0, 0, 255)), "files", "blue.png" },
        };
        using var answer = await tenant.Http.PostAsync($"/v1/databases/{database}/imports", form, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var import = await EndedAsync(tenant, answer.Headers.Location!.ToString());
        Assert.Equal(("completed", 2L), ((string)import["status"]!, (long)import["done"]!));
        var images = (await tenant.GetAsync($"/v1/databases/{database}/images"))["items"]!.AsArray();
        Assert.Equal(["blue.png", "red.png"], images.Select(image => (string)image!["id"]!).Order());
    }

    internal static async Task<JsonNode> ImportAsync(Client tenant, string database, byte[] zip)
    {
        using var content = new ByteArrayContent(zip);
        content.Headers.ContentType = new("application/zip");
        using var answer = await tenant.Http.PostAsync($"/v1/databases/{database}/imports", content, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await EndedAsync(tenant, answer.Headers.Location!.ToString());
    }

    static async Task<JsonNode> EndedAsync(Client tenant, string path)
    {
        while (true)
        {
            var import = await tenant.GetAsync(path);
            if ((string)import["status"]! is "completed" or "failed")
                return import;
            await Task.Delay(20, Cancel);
        }
    }

    static async Task<JsonNode> ReplayAsync(Client tenant, JsonNode job) =>
        await tenant.WaitAsync((string)(await tenant.PostAsync($"/v1/generations/{job["id"]}/replay"))["id"]!);

    static List<string> Images(JsonNode job) => [.. job["neighbors"]!.AsArray().Select(neighbor => (string)neighbor!["image"]!)];
}
