namespace RdmCloud.Servers;

/// <summary>
/// OpenStack Swift behind its S3 API, an S3 that checks signatures and when a link ends. It is started for a whole assembly of
/// tests by the first one that asks for it.
/// </summary>
public sealed class SwiftServer : IAsyncDisposable
{
    public const string AccessKey = "test:tester", SecretKey = "testing";

    static readonly string[] keepers = ["account", "container", "object"];
    static readonly string[] filters =
    [
        "catch_errors", "gatekeeper", "memcache", "listing_formats", "s3api", "tempauth", "copy", "bulk", "slo", "dlo",
        "versioned_writes", "symlink",
    ];

    readonly string folder = Directory.CreateTempSubdirectory("rdm-swift-").FullName;
    readonly Dictionary<string, int> ports = keepers.Concat(["proxy", "memcached"])
        .ToDictionary(name => name, _ => LoopbackPort.Free());
    readonly List<ServerProcess> processes = [];
    readonly Lazy<Task> started;

    public SwiftServer() => started = new(RunAsync);

    public static bool IsInstalled =>
        Command.Exists("memcached") && Command.Exists("swift-ring-builder")
        && keepers.Append("proxy").All(name => Command.Exists(Program(name)));

    /// <summary>Its address. Skips the test where the server is not installed.</summary>
    public async Task<Uri> StartAsync()
    {
        if (!IsInstalled)
            Absent.Skip(nameof(SwiftServer),
                "install the packages swift-proxy, swift-account, swift-container, swift-object and memcached");
        await started.Value;
        return LoopbackPort.Http(ports["proxy"]);
    }

    /// <summary>Ends it as a crash does.</summary>
    public async Task KillAsync()
    {
        foreach (var process in processes)
            await process.KillAsync();
        processes.Clear();
    }

    /// <summary>With the same address and what it has kept.</summary>
    public async Task StartAgainAsync()
    {
        processes.Add(await ServerProcess.StartAsync(folder,
            ["memcached", "-l", "127.0.0.1", "-p", $"{ports["memcached"]}", "-u", Environment.UserName],
            token => Tcp.AnswersAsync(ports["memcached"], "version\r\n"u8.ToArray(), token)));
        foreach (var name in keepers.Append("proxy"))
            processes.Add(await ServerProcess.StartAsync(folder,
                [Program(name), PathOf($"{name}.conf")], token => Tcp.AnswersHttpAsync(ports[name], token)));
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(folder, recursive: true);
    }

    async Task RunAsync()
    {
        await Task.WhenAll(keepers.Select(MakeRingAsync));
        foreach (var name in keepers)
            await WriteSettingsAsync(name, $"{name}-server", App($"{name}-server", name));
        await WriteSettingsAsync("proxy", string.Join(' ', [.. filters, "proxy-server"]),
            [App("proxy-server", "proxy") + "account_autocreate = true", .. filters.Select(Filter)]);
        await StartAgainAsync();
    }

    /// <summary>A ring says who keeps what: here one keeps it all.</summary>
    async Task MakeRingAsync(string name)
    {
        string[][] steps = [["create", "4", "1", "1"], ["add", $"r1z1-127.0.0.1:{ports[name]}/disk", "1"], ["rebalance"]];
        foreach (var step in steps)
            await Command.RunAsync("swift-ring-builder", [PathOf($"{name}.builder"), .. step], CancellationToken.None);
    }

    async Task WriteSettingsAsync(string name, string pipeline, params string[] sections)
    {
        Directory.CreateDirectory(PathOf("devices/disk"));
        await File.WriteAllTextAsync(PathOf($"{name}.conf"), $"""
            [DEFAULT]
            bind_ip = 127.0.0.1
            bind_port = {ports[name]}
            workers = 0
            user = {Environment.UserName}
            swift_dir = {folder}
            devices = {PathOf("devices")}
            mount_check = false
            disable_fallocate = true

            [pipeline:main]
            pipeline = {pipeline}

            {string.Join("\n\n", sections)}

            """);
    }

    string Filter(string name) => $"""
        [filter:{name}]
        use = egg:swift#{name}

        """ + SettingOf(name);

    string SettingOf(string filter) => filter switch
    {
        "memcache" => $"memcache_servers = 127.0.0.1:{ports["memcached"]}",
        "s3api" => "location = us-east-1",
        "tempauth" => $"user_{AccessKey.Replace(':', '_')} = {SecretKey} .admin",
        _ => "",
    };

    static string App(string name, string program) => $"""
        [app:{name}]
        use = egg:swift#{program}

        """;

    static string Program(string name) => $"swift-{name}-server";

    string PathOf(string name) => Path.Combine(folder, name);
}
