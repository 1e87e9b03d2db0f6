using System.Net;
using RdmCloud.Contracts;
using RdmCloud.Diffusion.Models;
using RdmCloud.Embedding.Clips;
using RdmCloud.Embedding.Support;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Embedding;

public class EmbeddingService_Tests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OtherServices_EmbedOverHttp()
    {
        var clip = new FakeClip();
        await using var host = await EmbeddingHost.StartAsync(clip);
        using var http = Client(host, EmbeddingHost.Token);
        var embedded = await new HttpEmbedder(http).EmbedAsync(clip.Name, new("a text of over twenty characters"), Cancellation);
        Assert.Equal([32f, 1f], PackedEmbedding.Unpack(embedded.Vector));
        Assert.True(embedded.Truncated);
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            new HttpEmbedder(http).EmbedAsync("other", new("a cat"), Cancellation));
        Assert.Equal("model", refused.Field);
    }

    [Fact]
    public async Task Stranger_IsTurnedAway()
    {
        await using var host = await EmbeddingHost.StartAsync(new FakeClip());
        using var http = Client(host, "a guess");
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() =>
            new HttpEmbedder(http).EmbedAsync("fake", new("a cat"), Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Service_IsReadyWhenItsModelsAreWarm()
    {
        var clip = new FakeClip();
        clip.Hold();
        await using var host = await EmbeddingHost.StartAsync(clip);
        await clip.Entered;
        using var http = Client(host, EmbeddingHost.Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("health/ready", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("health/live", Cancellation)).StatusCode);
        clip.Release();
        await host.Get<ClipThread>().Ready;
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("health/ready", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task FolderWithoutAModel_StopsTheStart()
    {
        var exception = await Assert.ThrowsAsync<ModelException>(() => EmbeddingHost.StartAsync(modelFolder: "models/none"));
        Assert.Contains("models/none is not a model directory", exception.Message);
    }

    static HttpClient Client(EmbeddingHost host, string token)
    {
        var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("x-rdm-internal", token);
        return http;
    }
}
