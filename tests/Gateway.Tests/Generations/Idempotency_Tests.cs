using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RdmCloud.Gateway.Support;

namespace RdmCloud.Gateway.Generations;

public sealed class Idempotency_Tests : IAsyncLifetime
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
    public async Task SameKeyAndBody_IsTheSameJob()
    {
        var first = await SubmitAsync("key-1", "a heart");
        var second = await SubmitAsync("\"key-1\"", "a heart"); // with the quotes of a structured field
        Assert.Equal(HttpStatusCode.Accepted, second.Status);
        Assert.Equal(first.Id, second.Id);
    }

    [Fact]
    public async Task SameKeyAndAnotherBody_IsRefused()
    {
        await SubmitAsync("key-1", "a heart");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SubmitAsync("key-1", "a moon")).Status);
    }

    [Fact]
    public async Task AnothersKey_IsAnotherKey()
    {
        var first = await SubmitAsync("key-1", "a heart");
        using var other = host.ClientOf("tenant-b");
        Assert.NotEqual(first.Id, (await SubmitAsync("key-1", "a heart", other)).Id);
    }

    [Fact]
    public async Task RequestThatWasRefused_LeavesTheKeyFree()
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SubmitAsync("key-1", " ")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await SubmitAsync("key-1", "a heart")).Status);
    }

    [Fact]
    public async Task ManyAtOnce_MakeOneJob()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SubmitAsync("key-1", "a heart")));
        Assert.All(answers, answer =>
            Assert.True(answer.Status is HttpStatusCode.Accepted or HttpStatusCode.OK or HttpStatusCode.Conflict));
        Assert.Single(answers.Where(answer => answer.Status != HttpStatusCode.Conflict).Select(answer => answer.Id).Distinct());
        var jobs = await client.GetFromJsonAsync<JsonNode>("/v1/generations", TestContext.Current.CancellationToken);
        Assert.Single(jobs!["items"]!.AsArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    public async Task EmptyKey_IsRefused(string key) =>
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SubmitAsync(key, "a heart")).Status);

    async Task<(HttpStatusCode Status, string? Id)> SubmitAsync(string key, string prompt, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/generations")
        {
            Content = JsonContent.Create(new { prompt }),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var response = await (by ?? client).SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        return (response.StatusCode, (string?)answer!["id"]);
    }
}
