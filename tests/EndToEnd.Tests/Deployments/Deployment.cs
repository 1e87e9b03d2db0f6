using RdmCloud.EndToEnd.Support;
using RdmCloud.EndToEnd.Telemetry;

namespace RdmCloud.EndToEnd.Deployments;

/// <summary>An installation, as its operator sees it. Every test has tenants of its own in it.</summary>
public abstract class Deployment : IAsyncLifetime
{
    public const string Model = "preview-rdm";

    public const string AdminKey = "the operator's own long key";

    static int tenants;

    public abstract Uri Gateway { get; }

    /// <summary>Where the services tell what they do.</summary>
    public Collector Collector { get; } = new();

    /// <summary>The names of the services that send their spans there, as spans bear them.</summary>
    public virtual IEnumerable<string> TracedServices => [];

    /// <summary>What Prometheus would ask.</summary>
    public virtual IReadOnlyList<Uri> Metrics => [];

    protected string Folder { get; } = Directory.CreateTempSubdirectory("rdm-deployment-").FullName;

    protected static string ModelFolder => Path.Combine(Fixtures.Root, "models", Model);

    public abstract ValueTask InitializeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Collector.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Skips the test where the deployment needs what is not installed.</summary>
    public abstract void MustRun();

    public Client Operator() => new(Gateway, AdminKey);

    /// <summary>A new tenant with a key that is allowed everything.</summary>
    public async Task<Client> TenantAsync(object? settings = null)
    {
        MustRun();
        using var admin = Operator();
        var id = $"tenant-{Interlocked.Increment(ref tenants)}";
        var made = await admin.PostAsync("/v1/admin/tenants", new { id, settings });
        return new(Gateway, (string)made["key"]!["key"]!) { Tenant = (string)made["tenant"]!["id"]! };
    }

    /// <summary>Returns when a worker has offered its model.</summary>
    protected async Task DrawsAsync()
    {
        using var tenant = await TenantAsync();
        while ((await tenant.GetAsync("/v1/models"))["items"]!.AsArray().Count == 0)
            await Task.Delay(50);
    }

    protected static Dictionary<string, string> AccessSettings => new()
    {
        ["Access__AdminKey"] = AdminKey,
        ["Models__Folders__0"] = ModelFolder,
        ["Retrieval__PublicFolders__0"] = Path.Combine(ModelFolder, "databases"),
        ["Webhooks__AllowHttp"] = "true",
        ["Webhooks__AllowedNetworks__0"] = "127.0.0.0/8",
    };
}
