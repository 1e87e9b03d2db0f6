using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using RdmCloud.ObjectStore.Support;
using RdmCloud.Servers;

[assembly: AssemblyFixture(typeof(SwiftServer))]

namespace RdmCloud.ObjectStore.S3;

/// <summary>Over an S3 that checks signatures and times, and has no lifecycle rules.</summary>
public sealed class SwiftStore_Tests(SwiftServer swift) : S3Contract(SwiftServer.AccessKey, SwiftServer.SecretKey)
{
    protected override Task<Uri> StartAsync() => swift.StartAsync();

    [Fact]
    public async Task WrongSecret_IsRefusedAndSaysWhatToCheck()
    {
        Options.SecretKey = "wrong";
        using var store = new S3Store(Options, TimeProvider.System, NullLogger<S3Store>.Instance);
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync("a", [1]));
        Assert.Contains("403 SignatureDoesNotMatch. Check ObjectStore:S3:AccessKey", error.Message);
        await Assert.ThrowsAsync<ObjectStoreException>(() => store.OpenAsync("a", Cancellation));
        await Assert.ThrowsAsync<ObjectStoreException>(() => store.EnsureReadyAsync(Cancellation));
    }

    [Fact]
    public async Task TamperedLink_IsRefused()
    {
        await Store.PutAsync("a", [1]);
        await Store.PutAsync("b", [2]);
        var link = await Store.LinkAsync("a", TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(link));
        var signature = QueryHelpers.ParseQuery(link.Query)["X-Amz-Signature"].ToString();
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(With(link, signature, new('0', signature.Length))));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(With(link, $"{Options.Bucket}/a?", $"{Options.Bucket}/b?")));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(With(link, "X-Amz-Expires=60", "X-Amz-Expires=600")));
    }

    /// <summary>A link made half an hour ago, for ten minutes and for an hour.</summary>
    [Theory]
    [InlineData(10, HttpStatusCode.Forbidden)]
    [InlineData(60, HttpStatusCode.OK)]
    public async Task Link_EndsWithItsTime(int minutes, HttpStatusCode expected)
    {
        await Store.PutAsync("a", [1]);
        var madeAt = TimeProvider.System.GetUtcNow().AddMinutes(-30);
        var day = madeAt.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var fresh = await Store.LinkAsync("a", TimeSpan.FromMinutes(minutes));
        var link = SignatureV4.Sign(fresh, Options.SecretKey, new Dictionary<string, string>
        {
            ["X-Amz-Date"] = madeAt.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
            ["X-Amz-Credential"] = $"{Options.AccessKey}/{day}/{Options.Region}/s3/aws4_request",
        });
        Assert.Equal(expected, await GetAsync(link));
    }

    [Fact]
    public async Task LinkForThePublicEndpoint_WorksThereAndNowhereElse()
    {
        Options.PublicEndpoint = new($"http://localhost:{Options.Endpoint.Port}");
        using var store = new S3Store(Options, TimeProvider.System, NullLogger<S3Store>.Instance);
        await store.PutAsync("a", [1]); // through the other endpoint
        var link = await store.LinkAsync("a", TimeSpan.FromMinutes(1), "heart.png");
        Assert.Equal(Options.PublicEndpoint.Authority, link.Authority);
        using var http = new HttpClient();
        using var response = await http.GetAsync(link, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("heart.png", response.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(With(link, link.Authority, Options.Endpoint.Authority)));
    }

    static Uri With(Uri link, string old, string changed) => new(link.AbsoluteUri.Replace(old, changed));

    static async Task<HttpStatusCode> GetAsync(Uri link)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(link, Cancellation);
        return response.StatusCode;
    }
}
