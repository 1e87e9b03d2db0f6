using System.Text;
using DotNet.Testcontainers.Builders;

namespace RdmCloud.Servers;

/// <summary>
/// RabbitMQ with its management API. RDM_RABBITMQ is the address of one that runs already,
/// <c>amqp://user:password@host:5672</c>, with RDM_RABBITMQ_MANAGEMENT for its API if that is not at port 15672; its user may
/// create virtual hosts.
/// </summary>
public sealed class RabbitServer : TestServer
{
    const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    readonly int names = LoopbackPort.Free();
    readonly int distribution = LoopbackPort.Free();
    readonly int management = LoopbackPort.Free();
    ServerProcess? nameService;

    readonly List<string> virtualHosts = [];

    public RabbitServer() => Management = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(1) })
    {
        BaseAddress = ManagementAddress,
        DefaultRequestHeaders = { Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Broker.UserInfo))) },
    };

    /// <summary>The first virtual host of a broker of the tests' own.</summary>
    public Uri Address
    {
        get
        {
            MustBeOwn();
            return Broker;
        }
    }

    /// <summary>The management API, below <c>api/</c>.</summary>
    public HttpClient Management { get; }

    private protected override ServerChoice Choice { get; } = new("RDM_RABBITMQ", File.Exists(Program));

    protected override string Advice => "install the package rabbitmq-server";

    Uri Broker => Choice.Given ?? new($"amqp://{(Choice.IsContainer ? "rdm:rdm" : "guest:guest")}@127.0.0.1:{Port}/");

    Uri ManagementAddress =>
        Choice.Given is not { } given ? LoopbackPort.Http(management)
        : new(Environment.GetEnvironmentVariable("RDM_RABBITMQ_MANAGEMENT") ?? $"http://{given.Host}:15672");

    /// <summary>A broker of its own, as far as a test can see.</summary>
    public async Task<Uri> CreateVirtualHostAsync(CancellationToken cancellationToken)
    {
        var address = new Uri(Installed(Broker), $"test-{Guid.NewGuid():N}");
        using var created = await Management.PutAsync($"api/vhosts/{address.Segments[^1]}", null, cancellationToken);
        created.EnsureSuccessStatusCode();
        virtualHosts.Add(address.Segments[^1]);
        return address;
    }

    public override async ValueTask DisposeAsync()
    {
        if (Choice.Given is not null)
            foreach (var host in virtualHosts)
                (await Management.DeleteAsync($"api/vhosts/{host}")).Dispose();
        Management.Dispose();
        await base.DisposeAsync();
        if (nameService is not null)
            await nameService.KillAsync();
    }

    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(PathOf("home"));
        await File.WriteAllTextAsync(PathOf("enabled_plugins"), "[rabbitmq_management].", cancellationToken);
        await File.WriteAllTextAsync(PathOf("rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {management}
            disk_free_limit.absolute = 50MB

            """, cancellationToken);
        // Erlang would start one that outlives it.
        nameService = await ServerProcess.StartAsync(
            Folder, ["epmd", "-address", "127.0.0.1", "-port", $"{names}"], token => Tcp.AnswersAsync(names, [], token));
    }

    protected override Task<ServerProcess> RunAsync() =>
        ServerProcess.StartAsync(Folder, [Program, "-noinput"], IsReadyAsync, new Dictionary<string, string>
        {
            ["HOME"] = PathOf("home"),
            ["RABBITMQ_ALLOW_INPUT"] = "true", // Erlang takes the script's place, and with it the signals
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_NODENAME"] = $"test{Port}@localhost",
            ["RABBITMQ_MNESIA_BASE"] = PathOf("mnesia"),
            ["RABBITMQ_LOG_BASE"] = PathOf("log"),
            ["RABBITMQ_CONFIG_FILE"] = PathOf("rabbitmq.conf"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = PathOf("advanced.config"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = PathOf("enabled_plugins"),
            ["RABBITMQ_PID_FILE"] = PathOf("rabbit.pid"),
            ["RABBITMQ_DIST_PORT"] = $"{distribution}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = $"{names}",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        });

    protected override ContainerBuilder Describe() => Containers.Of("rabbitmq", (5672, Port), (15672, management))
        .WithEnvironment("RABBITMQ_DEFAULT_USER", "rdm").WithEnvironment("RABBITMQ_DEFAULT_PASS", "rdm")
        .WithHostname("rabbitmq"); // its data bears the name

    protected override async Task<bool> IsReadyAsync(CancellationToken cancellationToken) =>
        await Tcp.AnswersAsync(Port, "AMQP\0\0\t\u0001"u8.ToArray(), cancellationToken)
        && await Tcp.AnswersHttpAsync(management, cancellationToken);

    string PathOf(string name) => Path.Combine(Folder, name);
}
