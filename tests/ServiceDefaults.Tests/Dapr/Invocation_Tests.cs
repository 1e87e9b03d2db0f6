using System.Net;
using Microsoft.AspNetCore.Http;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.ServiceDefaults.Remote;
using RdmCloud.Servers;
using RdmCloud.Sidecars;

namespace RdmCloud.ServiceDefaults.Dapr;

/// <summary>What is asked through a sidecar is answered as it is without one.</summary>
public sealed class Invocation_Tests : IAsyncLifetime
{
    static readonly NewDatabase taken = new("cats", null, Visibility.Private, "clip-a", 4, null, null);

    readonly DaprServer dapr = new() { AppToken = "of the sidecar" };
    readonly Services services = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_ComesBackAsItIs()
    {
        var databases = await StartAsync();
        Assert.Equal(Services.Cats, await databases.FindAsync("acme", "cats", Cancel));
        Assert.Null(await databases.FindAsync("acme", "dogs", Cancel));
        Assert.Null(await databases.FindAsync("acme", "a/b ü?", Cancel));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => databases.CreateAsync("acme", taken, Cancel));
        Assert.Equal("name", refused.Field);
        Assert.Equal(
            [
                "GET retrieval /internal/retrieval/acme/databases/cats",
                "GET retrieval /internal/retrieval/acme/databases/dogs",
                "GET retrieval /internal/retrieval/acme/databases/a%2Fb%20%C3%BC%3F",
                "POST retrieval /internal/retrieval/acme/databases",
            ], dapr.Calls);
    }

    [Fact]
    public async Task App_HasTheIdThatIsSet()
    {
        dapr.Apps["Rdm-Retrieval.prod"] = await services.StartRetrievalAsync(dapr.Environment);
        var databases = await StartAsync(("Dapr:AppIds:Retrieval", "Rdm-Retrieval.prod"));
        Assert.NotNull(await databases.FindAsync("acme", "cats", Cancel));
    }

    [Fact]
    public async Task OwnAddress_IsAskedWhereDaprIsOff()
    {
        var address = await services.StartRetrievalAsync();
        var databases = await StartAsync(("Dapr:Mode", "off"), ("Remote:Retrieval", address.ToString()));
        Assert.Equal(Services.Cats, await databases.FindAsync("acme", "cats", Cancel));
        Assert.Null(await databases.FindAsync("acme", "dogs", Cancel));
        Assert.Empty(dapr.Calls);
    }

    [Theory]
    [InlineData(404, "ERR_DIRECT_INVOKE", "failed getting app id")]
    [InlineData(403, "ERR_DIRECT_INVOKE", "access control policy has denied access")]
    [InlineData(422, "ERR_DIRECT_INVOKE", "it is not the callee's")]
    [InlineData(500, "ERR_DIRECT_INVOKE", "invoke API is not ready")]
    [InlineData(503, "ERR_DIRECT_INVOKE", "circuit breaker is open")]
    public async Task ErrorOfTheSidecar_IsAFailureThatSaysWhy_AndIsNotTriedAgain(int status, string code, string message)
    {
        var asked = 0;
        var databases = await StartAsync();
        dapr.Instead = http =>
        {
            Interlocked.Increment(ref asked);
            return Results.Json(new { errorCode = code, message }, statusCode: status).ExecuteAsync(http);
        };
        await FailsAsync(databases, (HttpStatusCode)status, code, message);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task SidecarThatForbidsInvocation_IsAFailure()
    {
        var databases = await StartAsync();
        dapr.Instead = http => Results.Text("404 page not found\n", statusCode: 404).ExecuteAsync(http);
        await FailsAsync(databases, HttpStatusCode.NotFound, "404 page not found");
    }

    [Fact]
    public async Task UnknownApp_IsAFailure()
    {
        var databases = await StartAsync(("Dapr:AppIds:Retrieval", "nowhere"));
        await FailsAsync(databases, HttpStatusCode.InternalServerError, "ERR_DIRECT_INVOKE", "nowhere");
    }

    [Fact]
    public async Task AppThatDoesNotAnswer_IsAFailure()
    {
        var databases = await StartAsync();
        dapr.Apps["retrieval"] = LoopbackPort.Http(LoopbackPort.Free());
        await FailsAsync(databases, HttpStatusCode.InternalServerError, "ERR_DIRECT_INVOKE");
    }

    [Fact]
    public async Task SidecarThatDiesInTheMiddle_IsAFailure_AndWorksAgainWhenItIsBack()
    {
        var databases = await StartAsync();
        dapr.Instead = async http =>
        {
            http.Response.ContentLength = 100;
            await http.Response.WriteAsync("{\"id\": \"ca", Cancel);
            await http.Response.Body.FlushAsync(Cancel);
            http.Abort();
        };
        await Assert.ThrowsAsync<HttpRequestException>(() => databases.FindAsync("acme", "cats", Cancel));
        dapr.Instead = null;
        await dapr.KillAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => databases.FindAsync("acme", "cats", Cancel));
        await dapr.StartAsync();
        Assert.NotNull(await databases.FindAsync("acme", "cats", Cancel));
    }

    [Fact]
    public async Task AppWithATokenOfTheSidecars_AnswersTheSidecarAlone()
    {
        var databases = await StartAsync();
        Assert.NotNull(await databases.FindAsync("acme", "cats", Cancel));
        using var http = new HttpClient { BaseAddress = dapr.Apps["retrieval"] };
        http.DefaultRequestHeaders.Add(InternalRoutes.TokenHeader, "of the installation");
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() =>
            new HttpDatabases(http).FindAsync("acme", "cats", Cancel));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    public async ValueTask InitializeAsync()
    {
        await dapr.StartAsync();
        dapr.Apps["retrieval"] = await services.StartRetrievalAsync(dapr.Environment);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await dapr.DisposeAsync();
    }

    Task<IDatabases> StartAsync(params (string Key, string Value)[] settings)
    {
        var all = dapr.Environment;
        foreach (var (key, value) in settings)
            all[key] = value;
        return services.StartGatewayAsync(all);
    }

    static async Task FailsAsync(IDatabases databases, HttpStatusCode status, params string[] reasons)
    {
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => databases.FindAsync("acme", "cats", Cancel));
        Assert.Equal(status, failure.StatusCode);
        Assert.All(reasons, reason => Assert.Contains(reason, failure.Message));
    }
}
