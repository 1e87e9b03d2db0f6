using System.Diagnostics;
using DotNet.Testcontainers.Containers;

namespace RdmCloud.Servers;

/// <summary>
/// A Milvus for a whole assembly of tests, started by the first one that asks for it. RDM_MILVUS is the address of one that
/// runs already, or a program that starts and stops one: <c>start FOLDER PORT</c>, <c>stop FOLDER</c>, <c>stop FOLDER KILL</c>;
/// else such a program may lie at shared/milvus/milvus beside the repository. Without either a container is started, as with
/// <c>docker</c>.
/// </summary>
public sealed class MilvusServer : IAsyncDisposable
{
    const int PortsUsed = 11;

    static readonly string setting = Environment.GetEnvironmentVariable("RDM_MILVUS") is { Length: > 0 } chosen
        ? chosen : Path.Combine(Fixtures.Root, "..", "shared", "milvus", "milvus");

    readonly string folder = Directory.CreateTempSubdirectory("rdm-milvus-").FullName;
    readonly int port = LoopbackPort.Free(PortsUsed);
    readonly Lazy<Task<Process>> started;
    readonly Lazy<Task<IContainer>> container;

    public MilvusServer()
    {
        started = new(async () =>
        {
            await StartAsync();
            return Watch();
        });
        container = new(StartContainerAsync);
    }

    /// <summary>The only user is <c>root:Milvus</c>.</summary>
    public bool AsksForPasswords { get; init; }

    public static bool IsInstalled => RunsAlready || File.Exists(setting) || Containers.HaveEngine;

    /// <summary>Whether tests may start, kill and configure it: not one that runs already, nor a container.</summary>
    public static bool IsOurs => !RunsAlready && File.Exists(setting);

    static bool RunsAlready => setting.StartsWith("http", StringComparison.Ordinal);

    static bool IsContainer => !RunsAlready && !File.Exists(setting);

    /// <summary>Its address. Skips the test where there is none.</summary>
    public async Task<Uri> AddressAsync()
    {
        if (!IsInstalled)
            Absent.Skip(nameof(MilvusServer), "set RDM_MILVUS to the address of one, or to a program that starts one");
        if (RunsAlready)
            return new(setting);
        _ = IsContainer ? (object)await container.Value : await started.Value;
        return LoopbackPort.Http(port);
    }

    /// <summary>The address of one that the test may kill. Skips the test where there is none.</summary>
    public Task<Uri> OwnAddressAsync()
    {
        Assert.SkipWhen(
            RunsAlready, "Milvus: RDM_MILVUS is the address of one that runs already, and this test wants to stop it");
        Assert.SkipWhen(
            IsContainer, "Milvus: this test kills the server, which must be a program of this machine and no container");
        return AddressAsync();
    }

    /// <summary>On the same port and with the same data as before.</summary>
    public Task StartAsync() => Command.RunAsync("env",
        [$"MILVUS_AUTH={(AsksForPasswords ? "true" : "false")}", setting, "start", folder, $"{port}"],
        CancellationToken.None);

    /// <summary>Ends the server as a crash does.</summary>
    public Task KillAsync() => Command.RunAsync(setting, ["stop", folder, "KILL"], CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            using var watcher = await started.Value;
            watcher.StandardInput.Close();
            await watcher.WaitForExitAsync();
        }
        if (container.IsValueCreated)
            await (await container.Value).DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    async Task<IContainer> StartContainerAsync()
    {
        const string etcd = "/milvus/configs/embedEtcd.yaml";
        var milvus = Containers.Of("milvus", (19530, port)).WithCommand("milvus", "run", "standalone")
            .WithEnvironment("DEPLOY_MODE", "STANDALONE").WithEnvironment("COMMON_STORAGETYPE", "local")
            .WithEnvironment("ETCD_USE_EMBED", "true").WithEnvironment("ETCD_DATA_DIR", "/var/lib/milvus/etcd")
            .WithEnvironment("ETCD_CONFIG_PATH", etcd)
            .WithResourceMapping(
                await File.ReadAllBytesAsync(Path.Combine(Fixtures.Root, "infra", "milvus", "embedEtcd.yaml")), etcd)
            .Build();
        await milvus.StartAsync(async token =>
            (await milvus.ExecAsync(["curl", "-fs", "http://localhost:9091/healthz"], token)).ExitCode == 0);
        return milvus;
    }

    /// <summary>Ends the server with the tests, however they end: then nobody holds the other end of the pipe.</summary>
    Process Watch() => Process.Start(new ProcessStartInfo("bash", ["-c", "cat; \"$0\" stop \"$1\" KILL", setting, folder])
    {
        RedirectStandardInput = true,
    })!;
}
