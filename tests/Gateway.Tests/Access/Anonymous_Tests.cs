using System.Net;
using RdmCloud.Gateway.Support;

namespace RdmCloud.Gateway.Access;

public class Anonymous_Tests
{
    [Fact]
    public async Task WhoComesOverLoopback_NeedsNoKeyWhereThatIsSo()
    {
        await using var host = await GatewayHost.StartAsync(1, ("Access:Anonymous", "true"));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(host, null));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(host, "localhost:80"));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task PageOfAnotherHost_ThatABrowserWasLedFrom_IsRefused(string hostHeader)
    {
        await using var host = await GatewayHost.StartAsync(1, ("Access:Anonymous", "true"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(host, hostHeader));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "true", null)]
    [InlineData("http://*:0", "true", "the operator's own long key")]
    [InlineData("http://[::]:0", "false", null)]
    public async Task OpenAddress_WithoutKeys_IsNotServed(string url, string anonymous, string? adminKey)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            GatewayHost.StartAsync(1, ("Urls", url), ("Access:Anonymous", anonymous), ("Access:AdminKey", adminKey)));
        Assert.Contains("127.0.0.1", refused.Message);
    }

    static async Task<HttpStatusCode> StatusOf(GatewayHost host, string? hostHeader)
    {
        using var client = host.ClientWith(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/generations");
        request.Headers.Host = hostHeader;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
