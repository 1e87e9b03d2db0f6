using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RdmCloud.Gateway.Support;

namespace RdmCloud.Gateway.Generations;

public sealed class List_Tests : IAsyncLifetime
{
    GatewayHost host = null!;
    HttpClient client = null!;
    readonly List<string> ids = [];

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync();
        client = host.ClientOf("tenant-a");
        (string Color, string Database)[] jobs =
        [
            ("red", "fluent-3d"), ("blue", "db_own"), ("red", "db_own"), ("green", "fluent-3d"), ("red", "fluent-3d"),
        ];
        foreach (var (color, database) in jobs)
        {
            var (metadata, databases) = (new { color, project = "x" }, new[] { new { id = database } });
            ids.Add(await host.SubmitAsync("tenant-a", new { prompt = "a heart", metadata, databases }));
        }
        await host.SubmitAsync("tenant-b");
        foreach (var id in ids)
            await host.WaitAsync("tenant-a", id);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Jobs_AreListedNewestFirst() => Assert.Equal(ids.AsEnumerable().Reverse(), (await ListAsync("")).Ids);

    [Theory]
    [InlineData("?metadata[color]=red", 0, 2, 4)]
    [InlineData("?metadata[color]=red&metadata[project]=x&database=fluent-3d", 0, 4)]
    [InlineData("?metadata[color]=yellow")]
    [InlineData("?database=db_own", 1, 2)]
    [InlineData("?status=completed", 0, 1, 2, 3, 4)]
    [InlineData("?status=failed")]
    [InlineData("?created_before=2001-01-01T00:00:00Z")]
    [InlineData("?created_after=2001-01-01T00:00:00Z", 0, 1, 2, 3, 4)]
    public async Task Filter_LeavesThose(string query, params int[] expected) =>
        Assert.Equal(expected.Select(i => ids[i]).Reverse(), (await ListAsync(query)).Ids);

    [Fact]
    public async Task Pages_GiveEveryJobOnce()
    {
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var (page, next) = await ListAsync($"?limit=2{cursor}");
            seen.AddRange(page);
            cursor = next is null ? "" : $"&cursor={next}";
        }
        while (cursor != "");
        Assert.Equal(ids.AsEnumerable().Reverse(), seen);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=101")]
    [InlineData("?status=nonsense")]
    public async Task WrongFilter_IsAProblem(string query)
    {
        using var response = await client.GetAsync($"/v1/generations{query}", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    async Task<(List<string> Ids, string? Next)> ListAsync(string query)
    {
        var page = (await client.GetFromJsonAsync<JsonNode>($"/v1/generations{query}", TestContext.Current.CancellationToken))!;
        return ([.. page["items"]!.AsArray().Select(job => (string)job!["id"]!)], (string?)page["next"]);
    }
}
