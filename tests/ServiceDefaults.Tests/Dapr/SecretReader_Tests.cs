using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using RdmCloud.Sidecars;

namespace RdmCloud.ServiceDefaults.Dapr;

/// <summary>Settings from a secret store, before anything else reads settings.</summary>
public sealed class SecretReader_Tests : IAsyncLifetime
{
    const string Password = "correct horse";

    readonly DaprServer dapr = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_AreSettingsThatGoBeforeAllOthers()
    {
        dapr.Secrets["rdm"] = new() { ["Access__AdminKey"] = "a", ["Bus:RabbitMq"] = "b", ["ObjectStore--S3--SecretKey"] = "c" };
        dapr.Secrets["Remote:Token"] = new() { ["Remote:Token"] = "d" };
        dapr.Secrets["of-others"] = new() { ["Database__PostgreSql"] = "e" };
        await dapr.StartAsync();
        var settings = await ReadAsync("rdm", "Remote:Token");
        var keys = new[] { "Access:AdminKey", "Bus:RabbitMq", "ObjectStore:S3:SecretKey", "Remote:Token", "Database:PostgreSql" };
        Assert.Equal(["a", "b", "c", "d", "of the environment"], keys.Select(key => settings[key]));
        Assert.Equal(["rdm", "Remote:Token"], dapr.Asked);
    }

    [Theory]
    [InlineData("elsewhere", "rdm", "failed finding secret store with key elsewhere")]
    [InlineData(DaprServer.Store, "missing", "secret not found")]
    [InlineData(DaprServer.Store, "denied", "access denied by policy")]
    [InlineData(DaprServer.Store, "empty", "there is none of that name")]
    public async Task SecretThatIsNotGiven_StopsTheStartAndSaysWhy(string store, string secret, string why)
    {
        dapr.Secrets["rdm"] = new() { ["Remote:Token"] = Password };
        dapr.Secrets["denied"] = new() { ["Remote:Token"] = Password };
        dapr.Secrets["empty"] = [];
        dapr.Denied.Add("denied");
        await dapr.StartAsync();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            AddAsync(Builder(("Dapr:SecretStore", store), ("Dapr:Secrets:0", secret))));
        Assert.StartsWith($"Secret '{secret}' cannot be read from Dapr's secret store '{store}'", exception.Message);
        Assert.Contains(why, exception.Message);
        Assert.DoesNotContain(Password, exception.ToString());
    }

    [Fact]
    public async Task SidecarThatComesUpLater_IsWaitedFor()
    {
        dapr.Secrets["rdm"] = new() { ["Remote:Token"] = Password };
        dapr.IsReady = false;
        var reading = ReadAsync("rdm");
        await dapr.StartAsync();
        Assert.False(reading.IsCompleted);
        dapr.IsReady = true;
        Assert.Equal(Password, (await reading)["Remote:Token"]);
    }

    [Fact]
    public async Task SidecarThatDoesNotComeUp_StopsTheStartInTime()
    {
        var builder = Builder(
            ("Dapr:SecretStore", DaprServer.Store), ("Dapr:Secrets:0", "rdm"), ("Dapr:StartTimeout", "00:00:00.2"));
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => AddAsync(builder));
        Assert.Contains("has not given the secrets of store 'vault' in 00:00:00.2000000. Is it running?", exception.Message);
    }

    [Fact]
    public async Task StoreWithoutASidecar_StopsTheStart()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("Dapr:SecretStore", DaprServer.Store), new("Dapr:Secrets:0", "rdm")]);
        Assert.Contains("no sidecar", (await Assert.ThrowsAsync<InvalidOperationException>(() => AddAsync(builder))).Message);
    }

    [Fact]
    public async Task Value_IsNeverLogged()
    {
        await using var services = new Services();
        dapr.Secrets["rdm"] = new() { ["Remote:Token"] = Password };
        var retrieval = await services.StartRetrievalAsync(new Dictionary<string, string> { ["Remote:Token"] = Password });
        dapr.Apps["retrieval"] = retrieval;
        await dapr.StartAsync();
        var databases = await services.StartGatewayAsync(new Dictionary<string, string>(dapr.Environment)
        {
            ["Dapr:SecretStore"] = DaprServer.Store, ["Dapr:Secrets:0"] = "rdm",
        });
        Assert.NotNull(await databases.FindAsync("acme", "cats", Cancel));
        Assert.Single(services.Logs.Lines, line => line.Contains("secrets are of store 'vault': rdm."));
        Assert.DoesNotContain(services.Logs.Lines, line => line.Contains(Password));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => dapr.DisposeAsync();

    async Task<IConfiguration> ReadAsync(params string[] secrets)
    {
        var names = secrets.Select((name, i) => ($"Dapr:Secrets:{i}", name));
        var builder = Builder([("Dapr:SecretStore", DaprServer.Store), .. names]);
        builder.Configuration.AddInMemoryCollection(
            [new("Remote:Token", "of the environment"), new("Database:PostgreSql", "of the environment")]);
        await AddAsync(builder);
        return builder.Configuration;
    }

    HostApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(dapr.Environment!);
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        return builder;
    }

    static Task AddAsync(HostApplicationBuilder builder) => builder.AddDaprAsync(Cancel);
}
