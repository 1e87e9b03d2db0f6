using RdmCloud.Contracts;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Webhooks.Support;

namespace RdmCloud.Webhooks.Addresses;

public class WebhookUrls_Tests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static FakeNames Names => new FakeNames()
        .Add("public.example", "93.184.215.14")
        .Add("xn--bcher-kva.example", "93.184.215.14")
        .Add("private.example", "10.0.0.1")
        .Add("both.example", "93.184.215.14", "10.0.0.1")
        .Add("localhost", "127.0.0.1");

    [Theory]
    [InlineData("https://public.example/hook")]
    [InlineData("https://public.example:8443/hook?a=b")]
    [InlineData("https://bücher.example/")]
    [InlineData("https://[2606:4700::1111]/")]
    public async Task PublicAddress_IsTaken(string url)
    {
        await using var host = await WebhooksHost.StartAsync(names: Names, settings: Strict);
        await host.Webhooks.CheckAsync(url, Cancel);
    }

    [Theory]
    [InlineData("http://public.example/")]
    [InlineData("ftp://public.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/hook")]
    [InlineData("https://")]
    [InlineData("https://someone:secret@public.example/")]
    [InlineData("https://public.example:22/")]
    [InlineData("https://public.example:5432/")]
    [InlineData("https://nowhere.example/")]
    [InlineData("https://private.example/")]
    [InlineData("https://both.example/")]
    [InlineData("https://localhost/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://100.100.100.200/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[::ffff:0:127.0.0.1]/")]
    [InlineData("https://[4000::1]/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://[64:ff9b:1::a00:1]/")]
    [InlineData("https://[2001:0:7f00:1::]/")]
    [InlineData("https://[3fff::1]/")]
    [InlineData("https://[fec0::1]/")]
    [InlineData("https://[ff02::1]/")]
    [InlineData("https://168.63.129.16/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    public async Task AddressThatIsNotPublicHttps_IsRefused(string url)
    {
        await using var host = await WebhooksHost.StartAsync(names: Names, settings: Strict);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => host.Webhooks.CheckAsync(url, Cancel));
        Assert.Equal("url", refused.Field);
        refused = await Assert.ThrowsAsync<RefusedException>(() =>
            host.Webhooks.CreateAsync(WebhooksHost.Acme, url, [], null, Cancel));
        Assert.Equal("url", refused.Field);
    }

    [Fact]
    public async Task NameThatMovesInsideAfterItWasChecked_IsNotCalled()
    {
        await using var receiver = await Receiver.StartAsync();
        var port = new Uri(receiver.Url).Port;
        var names = new FakeNames().Add("moving.example", "127.0.0.1").Add("moving.example", "127.1.2.3");
        await using var host = await WebhooksHost.StartAsync(
            names: names, settings: [("Webhooks:AllowedNetworks:0", "127.0.0.1/32")]);
        await host.Webhooks.CreateAsync(WebhooksHost.Acme, $"http://moving.example:{port}/", [], null, Cancel);
        await host.TellAsync();
        var delivery = Assert.Single(await host.UntilAsync(delivery => delivery.Attempts == 1));
        Assert.Contains("not one of the public internet", delivery.LastError);
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task HttpThatIsNotAllowedAnyMore_IsNotSent()
    {
        var folder = Directory.CreateTempSubdirectory("rdm-webhooks-").FullName;
        await using var receiver = await Receiver.StartAsync();
        await using (var before = await WebhooksHost.StartAsync(folder))
            await before.EndpointAsync(receiver);
        await using (var host = await WebhooksHost.StartAsync(folder, settings: [("Webhooks:AllowHttp", "false")]))
        {
            await host.TellAsync();
            var delivery = Assert.Single(await host.UntilAsync(delivery => delivery.Attempts == 1));
            Assert.Equal("It must be an https address.", delivery.LastError);
        }
        Assert.Equal(0, receiver.Count);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task NameThatIsNotThere_IsRefusedAsOneThatIsInside()
    {
        await using var host = await WebhooksHost.StartAsync(
            names: new FakeNames().Add("inside.example", "10.1.2.3"), settings: Strict);
        var refusals = new HashSet<string>();
        foreach (var name in (string[])["inside.example", "nowhere.example"])
            refusals.Add((await Assert.ThrowsAsync<RefusedException>(() => host.Webhooks.CheckAsync($"https://{name}/", Cancel)))
                .Message.Replace(name, ""));
        Assert.Single(refusals);
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var inside = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerWith(System.Net.HttpStatusCode.TemporaryRedirect, ("Location", inside.Url));
        await using var host = await WebhooksHost.StartAsync();
        await host.EndpointAsync(receiver);
        await host.TellAsync();
        var delivery = Assert.Single(await host.UntilAsync(delivery => delivery.Attempts == 1));
        Assert.Equal((DeliveryStatus.Pending, 307), (delivery.Status, delivery.ResponseStatus));
        Assert.Equal(0, inside.Count);
    }

    static (string, string?)[] Strict => [("Webhooks:AllowHttp", "false"), ("Webhooks:AllowedNetworks:0", "203.0.113.7/32")];
}
