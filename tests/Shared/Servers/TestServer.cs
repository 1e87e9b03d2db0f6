namespace RdmCloud.Servers;

/// <summary>
/// A real server for tests, on a free loopback port and with its files in a temporary folder. Where it is not installed
/// nothing starts, and a test that asks for it is skipped.
/// </summary>
public abstract class TestServer : IAsyncLifetime
{
    ServerProcess? process;

    public int Port { get; } = LoopbackPort.Free();

    public bool IsInstalled => Missing is null;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("rdm-server-").FullName;

    /// <summary>What is to be installed for the tests to run; null where it is.</summary>
    protected abstract string? Missing { get; }

    /// <summary>The signal that stops the server at once and in order.</summary>
    protected virtual int StopSignal => ServerProcess.Terminate;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;
        await PrepareAsync(TestContext.Current.CancellationToken);
        await StartAsync();
    }

    /// <summary>On the same port and with the same data as before.</summary>
    public async Task StartAsync() => process = await RunAsync();

    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref process, null) is { } running)
            await running.StopAsync(StopSignal);
    }

    /// <summary>Ends the server as a crash does. RabbitMQ forgets queues that were declared in the seconds before.</summary>
    public async Task KillAsync()
    {
        if (Interlocked.Exchange(ref process, null) is { } running)
            await running.KillAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What the server needs before its first start.</summary>
    protected virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected abstract Task<ServerProcess> RunAsync();

    /// <summary>Skips the test where there is no server.</summary>
    protected T Installed<T>(T value)
    {
        if (Missing is { } missing)
            Absent.Skip(GetType().Name, missing);
        return value;
    }
}
