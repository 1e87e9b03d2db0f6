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
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task PageOfAnotherSite_IsRefused(string header, string value)
    {
        await using var host = await GatewayHost.StartAsync(1, ("Access:Anonymous", "true"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(host, null, (header, value)));
    }

    [Fact]
    public async Task PageOfItsOwn_IsServed()
    {
        await using var host = await GatewayHost.StartAsync(1, ("Access:Anonymous", "true"));
        using var client = host.ClientWith(null);
        var own = client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        Assert.Equal(HttpStatusCode.OK, await StatusOf(host, null, ("Origin", own)));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(host, null, ("Sec-Fetch-Site", "same-origin")));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(host, null, ("Sec-Fetch-Site", "none")));
    }

    [Theory]
    [InlineData("http_ports")]
    [InlineData("https_ports")]
    public async Task PortOnEveryAddress_IsNotServedEither(string setting)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayHost.StartAsync(
            1, ("Urls", null), (setting, "0"), ("Access:AdminKey", null)));
        Assert.Contains("there are no API keys", refused.Message);
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

    [Fact]
    public async Task OpenAddress_IsServedWhereTheOperatorHasAKey()
    {
        await using var host = await GatewayHost.StartAsync(
            1, ("Urls", "http://0.0.0.0:0"), ("Access:AdminKey", "the operator's own long key"));
        Assert.NotNull(host);
    }

    static async Task<HttpStatusCode> StatusOf(GatewayHost host, string? hostHeader, params (string Name, string Value)[] headers)
    {
        using var client = host.ClientWith(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/generations");
        request.Headers.Host = hostHeader;
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
