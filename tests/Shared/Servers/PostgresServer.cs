using DotNet.Testcontainers.Builders;
using Npgsql;

namespace RdmCloud.Servers;

/// <summary>
/// PostgreSQL that trusts whoever comes over loopback; RDM_POSTGRES is the address of another,
/// <c>postgresql://user:password@host:5432</c>, whose user may create databases.
/// </summary>
public sealed class PostgresServer : TestServer
{
    const string Superuser = "postgres";

    static readonly string? programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Max()
        : null;

    // It refuses to run as root; Debian's package has made it a user.
    static readonly string? user = Environment.IsPrivilegedProcess ? "postgres" : null;

    readonly List<string> databases = [];

    private protected override ServerChoice Choice { get; } = new("RDM_POSTGRES", programs is not null);

    protected override string Advice => "install the package postgresql";

    protected override int StopSignal => ServerProcess.Interrupt;

    string Data => Path.Combine(Folder, "data");

    /// <summary>A new, empty database, whose name starts like this.</summary>
    /// <returns>Npgsql's connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        var database = Installed($"{name}_{Guid.NewGuid():N}");
        await ExecuteAsync($"CREATE DATABASE {database}", cancellationToken);
        databases.Add(database);
        return ConnectionTo(database);
    }

    public override async ValueTask DisposeAsync()
    {
        if (Choice.Given is not null)
            foreach (var database in databases)
                await ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)", CancellationToken.None);
        await base.DisposeAsync();
    }

    protected override ContainerBuilder Describe() => Containers.Of("postgres", (5432, Port))
        .WithEnvironment("POSTGRES_USER", "rdm").WithEnvironment("POSTGRES_DB", "rdm")
        .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "trust");

    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (user is not null)
            await Command.RunAsync("chown", [user, Folder], cancellationToken);
        string[] initdb = [Program("initdb"), "-D", Data, "-U", Superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"];
        await Command.RunAsync("setpriv", [.. Command.As(user), "--", .. initdb], cancellationToken);
    }

    protected override Task<ServerProcess> RunAsync() => ServerProcess.StartAsync(
        Folder,
        [
            Program("postgres"), "-D", Data, "-p", $"{Port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "dynamic_shared_memory_type=mmap",
        ],
        IsReadyAsync, user: user);

    protected override async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("SELECT 1", cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionTo("postgres") + ";Pooling=false");
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    string ConnectionTo(string database)
    {
        var (host, port, user) = Choice.Given is { } given
            ? (given.Host, given.Port, given.UserInfo)
            : ("127.0.0.1", Port, Choice.IsContainer ? "rdm" : Superuser);
        var password = user.Contains(':') ? $";Password={Uri.UnescapeDataString(user.Split(':')[1])}" : "";
        return $"Host={host};Port={port};Database={database};Username={user.Split(':')[0]}{password}";
    }

    static string Program(string name) => Path.Combine(programs!, name);
}
