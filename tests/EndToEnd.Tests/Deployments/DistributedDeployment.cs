using RdmCloud.Servers;

namespace RdmCloud.EndToEnd.Deployments;

/// <summary>
/// Six processes over a real RabbitMQ, PostgreSQL and S3, and Milvus where there is one; else databases are in folders.
/// </summary>
public sealed class DistributedDeployment : Deployment
{
    const string RemoteToken = "what our services know each other by";

    readonly ObjectServer objects = new();
    readonly MilvusServer milvus = new();
    readonly Dictionary<string, Service> services = [];

    public RabbitServer Rabbit { get; } = new();

    public PostgresServer Postgres { get; } = new();

    public override Uri Gateway => services["Gateway"].Address;

    public IEnumerable<string> Services => services.Keys;

    public override IEnumerable<string> TracedServices => services.Keys.Select(name => name.ToLowerInvariant());

    public override IReadOnlyList<Uri> Metrics => [.. services.Values.Select(service => service.Metrics)];

    public Service this[string service] => services[service];

    public override async ValueTask InitializeAsync()
    {
        await Rabbit.InitializeAsync();
        await Postgres.InitializeAsync();
        if (!Rabbit.IsOwn || !Postgres.IsOwn || !ObjectServer.IsInstalled)
            return;
        var settings = await SettingsAsync();
        foreach (var name in new[] { "Storage", "Sampling", "Webhooks", "Retrieval", "Embedding", "Gateway" })
        {
            services[name] = new(name, new Dictionary<string, string>(settings));
            if (name is "Webhooks" or "Retrieval" or "Embedding")
                settings[$"Remote__{name}"] = services[name].Address.ToString();
        }
        await Task.WhenAll(services.Values.Select(service => service.StartAsync()));
        await DrawsAsync();
    }

    /// <summary>Another process of a service, with the same settings.</summary>
    public async Task<Service> StartReplicaAsync(string service)
    {
        var replica = services[service].Replica();
        await replica.StartAsync();
        return replica;
    }

    public Task InterruptObjectsAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        objects.InterruptAsync(pause, cancellationToken);

    public async Task RestartMilvusAsync()
    {
        if (!MilvusServer.IsOurs)
            return;
        await milvus.KillAsync();
        await milvus.StartAsync();
    }

    public override void MustRun()
    {
        Rabbit.MustBeOwn(); // the tests break them
        Postgres.MustBeOwn();
        ObjectServer.MustExist();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var service in services.Values)
            await service.DisposeAsync();
        await milvus.DisposeAsync();
        await objects.DisposeAsync();
        await Postgres.DisposeAsync();
        await Rabbit.DisposeAsync();
        await base.DisposeAsync();
    }

    async Task<Dictionary<string, string>> SettingsAsync() => new(
        [.. AccessSettings, .. await Collector.SettingsAsync(), .. await objects.SettingsAsync()])
    {
        ["Bus__RabbitMq"] = Rabbit.Address.ToString(),
        ["Database__PostgreSql"] = await Postgres.CreateDatabaseAsync("rdm", default),
        ["Milvus__Address"] = MilvusServer.IsInstalled ? (await milvus.AddressAsync()).ToString() : "",
        ["Remote__Token"] = RemoteToken,
        ["Retrieval__Folder"] = Path.Combine(Folder, "databases"),
        ["Webhooks__KeysFolder"] = Path.Combine(Folder, "keys"),
        ["Ledger__StageTimeout"] = "00:00:15", // what a fault has swallowed is sent again while a test waits
        ["Ledger__SamplingTimeout"] = "00:00:30",
        ["Dispatch__WorkerTimeout"] = "00:00:10",
    };
}
