using System.Net;
using Microsoft.Extensions.Configuration;
using RdmCloud.Sidecars;

namespace RdmCloud.ServiceDefaults.Dapr;

/// <summary>Whether there is a sidecar is decided once, and it is a part of being ready.</summary>
public sealed class Sidecar_Tests : IAsyncLifetime
{
    readonly DaprServer dapr = new();
    readonly Services services = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DaprMode.Auto, null, null, null)]
    [InlineData(DaprMode.Auto, "DAPR_HTTP_PORT", "3600", "http://127.0.0.1:3600/")]
    [InlineData(DaprMode.Auto, "DAPR_GRPC_PORT", "50002", "http://127.0.0.1:3500/")]
    [InlineData(DaprMode.Auto, "DAPR_HTTP_ENDPOINT", "https://dapr.example", "https://dapr.example/")]
    [InlineData(DaprMode.Auto, "DAPR_GRPC_ENDPOINT", "https://dapr.example", "http://127.0.0.1:3500/")]
    [InlineData(DaprMode.Auto, "DAPR_HTTP_PORT", "", null)]
    [InlineData(DaprMode.On, null, null, "http://127.0.0.1:3500/")]
    [InlineData(DaprMode.Off, "DAPR_HTTP_PORT", "3600", null)]
    public void Mode_AndTheEnvironmentDecide(DaprMode mode, string? variable, string? value, string? address)
    {
        var configuration = new ConfigurationManager();
        if (variable is not null)
            configuration[variable] = value;
        Assert.Equal(address, Sidecar.Find(configuration, mode)?.Http.ToString());
    }

    [Theory]
    [InlineData("Dapr:Mode", "maybe", "Dapr:Mode")]
    [InlineData("Dapr:AppIds:Webhooks", "a b", "'a b'")]
    [InlineData("Dapr:StartTimeout", "-00:00:01", "Dapr:StartTimeout")]
    [InlineData("Dapr:SecretStore", "vault", "Dapr:Secrets")]
    [InlineData("DAPR_HTTP_PORT", "none", "http://127.0.0.1:none")]
    [InlineData("DAPR_GRPC_ENDPOINT", "somewhere", "'somewhere'")]
    public async Task SettingThatIsNotValid_StopsTheStart(string key, string value, string named)
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            services.StartAsync(new Dictionary<string, string> { [key] = value }));
        Assert.Contains(named, exception.Message);
    }

    [Fact]
    public async Task ServiceWithoutItsSidecar_StartsAndSaysWhyItIsNotReady()
    {
        using var http = await services.StartAsync(new Dictionary<string, string>(dapr.Environment) { ["Dapr:Mode"] = "on" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("health/ready", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("health/live", Cancel)).StatusCode);
        Assert.Single(services.Logs.Lines, line => line.Contains("Dapr is on, but its sidecar is not ready at http://127.0.0.1"));
        await dapr.StartAsync();
        await Eventually.Async(async () => (await http.GetAsync("health/ready", Cancel)).StatusCode == HttpStatusCode.OK);
        dapr.IsReady = false;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("health/ready", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("auto", "Dapr is on: other services are called through the sidecar at http://127.0.0.1:")]
    [InlineData("off", "Dapr is off: other services are called at their own addresses.")]
    public async Task Choice_IsLoggedOnce(string mode, string said)
    {
        using var http = await services.StartAsync(new Dictionary<string, string>(dapr.Environment) { ["Dapr:Mode"] = mode });
        Assert.Single(services.Logs.Lines, line => line.Contains(said));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await dapr.DisposeAsync();
    }
}
