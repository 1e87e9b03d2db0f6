using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using RdmCloud.ObjectStore.Support;

namespace RdmCloud.ObjectStore.S3;

/// <summary>Against a store that fails as often as it is told to, and then answers as one that holds every object.</summary>
public sealed class S3Retries_Tests : IAsyncLifetime
{
    readonly ImmediateTime time = new();
    readonly ConcurrentQueue<string> requests = new();
    int failures;
    HttpStatusCode failure = HttpStatusCode.ServiceUnavailable;
    string error = "";
    WebServer server = null!;
    S3Store store = null!;

    public async ValueTask InitializeAsync()
    {
        server = await WebServer.StartAsync(app => app.Map("/{**path}", AnswerAsync));
        store = Store(server.Url);
    }

    public async ValueTask DisposeAsync()
    {
        store.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task PassingFailure_IsTriedAgainAfterGrowingWaits()
    {
        failures = 2;
        await store.PutAsync("a", new MemoryStream([1, 2, 3]), "image/png", TestContext.Current.CancellationToken);
        Assert.Equal(["PUT 3", "PUT 3", "PUT 3"], requests);
        Assert.Equal(2, time.Waits.Count);
        Assert.All(time.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task LastingFailure_IsReportedAfterThreeTries()
    {
        failures = 100;
        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() =>
            store.OpenAsync("a", TestContext.Current.CancellationToken));
        Assert.Contains($"{server.Url.Authority} refused GET /bucket/a: 503", exception.Message);
        Assert.Equal(3, requests.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.NotImplemented)]
    public async Task Refusal_IsNotTriedAgain(HttpStatusCode status)
    {
        (failures, failure) = (100, status);
        await Assert.ThrowsAsync<ObjectStoreException>(() => store.OpenAsync("a", TestContext.Current.CancellationToken));
        Assert.Single(requests);
    }

    [Fact]
    public async Task WrongKey_SaysWhatToCheckAndTellsNoSecret()
    {
        (failures, failure, error) = (100, HttpStatusCode.Forbidden, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() =>
            store.OpenAsync("a", TestContext.Current.CancellationToken));
        Assert.Contains("403 SignatureDoesNotMatch. Check ObjectStore:S3:AccessKey", exception.Message);
        Assert.DoesNotContain("X-Amz", exception.ToString());
        Assert.DoesNotContain("hidden", exception.ToString());
    }

    [Fact]
    public async Task StoreThatIsNotThere_IsNamed()
    {
        await server.DisposeAsync();
        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() =>
            store.HeadAsync("a", TestContext.Current.CancellationToken));
        Assert.Contains($"{server.Url.Authority} cannot be reached", exception.Message);
        Assert.Equal(2, time.Waits.Count);
    }

    async Task AnswerAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        requests.Enqueue($"{context.Request.Method} {body.Length}");
        if (Interlocked.Decrement(ref failures) < 0)
            return;
        context.Response.StatusCode = (int)failure;
        await context.Response.WriteAsync(error);
    }

    S3Store Store(Uri endpoint) => new(
        new() { Endpoint = endpoint, AccessKey = "access", SecretKey = "hidden", Bucket = "bucket" }, time,
        NullLogger<S3Store>.Instance);
}
