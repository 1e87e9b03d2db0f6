using RdmCloud.Servers;
using RdmCloud.Sidecars;

namespace RdmCloud.EndToEnd.Deployments;

/// <summary>
/// Services that know neither one another's addresses nor a secret: a sidecar leads them to each other and reads them their
/// secrets, the broker's address among them. The sampler has none. Nothing is drawn, so there is no storage service.
/// </summary>
public sealed class DaprDeployment : Deployment
{
    /// <summary>What the services know each other by.</summary>
    public const string RemoteToken = "the installation's own";

    readonly RabbitServer rabbit = new();
    readonly Dictionary<string, Service> services = [];

    public DaprServer Dapr { get; } = new() { ApiToken = "for the sidecar", AppToken = "of the sidecar" };

    public override Uri Gateway => services["Gateway"].Address;

    public override async ValueTask InitializeAsync()
    {
        await rabbit.InitializeAsync();
        if (!rabbit.IsInstalled)
            return;
        var bus = rabbit.Address.ToString();
        Dapr.Secrets["rdm"] = new() { ["Bus__RabbitMq"] = bus, ["Remote__Token"] = RemoteToken };
        Dapr.Secrets["operator"] = new() { ["Access__AdminKey"] = AdminKey };
        await Dapr.StartAsync();
        foreach (var name in new[] { "Webhooks", "Retrieval", "Embedding", "Gateway" })
        {
            services[name] = new(name, new Dictionary<string, string>([.. Settings, .. Dapr.Environment]));
            Dapr.Apps[name.ToLowerInvariant()] = services[name].Address;
        }
        services["Sampling"] = new("Sampling", new Dictionary<string, string>(Settings) { ["Bus__RabbitMq"] = bus });
        await Task.WhenAll(services.Values.Select(service => service.StartAsync()));
        await DrawsAsync();
    }

    public override void MustRun() => _ = rabbit.Address; // skips the test where it is not installed

    public override async ValueTask DisposeAsync()
    {
        foreach (var service in services.Values)
            await service.DisposeAsync();
        await Dapr.DisposeAsync();
        await rabbit.DisposeAsync();
        await base.DisposeAsync();
    }

    Dictionary<string, string> Settings => new(AccessSettings.Where(setting => setting.Key != "Access__AdminKey"))
    {
        ["Dapr__SecretStore"] = DaprServer.Store,
        ["Dapr__Secrets__0"] = "rdm",
        ["Dapr__Secrets__1"] = "operator",
        ["Database__Folder"] = Path.Combine(Folder, "tables"),
        ["ObjectStore__Folder"] = Path.Combine(Folder, "objects"),
        ["Retrieval__Folder"] = Path.Combine(Folder, "databases"),
        ["Webhooks__KeysFolder"] = Path.Combine(Folder, "keys"),
    };
}
