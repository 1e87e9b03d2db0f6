using System.Diagnostics;

namespace RdmCloud.Servers;

/// <summary>PostgreSQL that trusts whoever comes over loopback.</summary>
public sealed class PostgresServer : TestServer
{
    const string Superuser = "postgres";

    static readonly string? programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Max()
        : null;

    // It refuses to run as root; Debian's package has made it a user.
    static readonly string? user = Environment.IsPrivilegedProcess ? "postgres" : null;

    protected override string? Missing => programs is null ? "install the package postgresql" : null;

    protected override int StopSignal => ServerProcess.Interrupt;

    /// <summary>Where it answers.</summary>
    public Uri Address => Installed(new Uri($"postgresql://{Superuser}@127.0.0.1:{Port}"));

    string Data => Path.Combine(Folder, "data");

    /// <summary>A new, empty database.</summary>
    /// <returns>Npgsql's connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        var port = Installed(Port);
        await Command.RunAsync(
            Program("createdb"), ["-h", "127.0.0.1", "-p", $"{port}", "-U", Superuser, name], cancellationToken);
        return $"Host=127.0.0.1;Port={port};Database={name};Username={Superuser}";
    }

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

    async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var asked = Process.Start(Program("pg_isready"), ["-q", "-h", "127.0.0.1", "-p", $"{Port}"]);
        await asked.WaitForExitAsync(cancellationToken);
        return asked.ExitCode == 0;
    }

    static string Program(string name) => Path.Combine(programs!, name);
}
