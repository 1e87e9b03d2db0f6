using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace RdmCloud.Servers;

/// <summary>
/// A real server for tests, on a free loopback port and with its files in a temporary folder. Where there is none nothing
/// starts, and a test that asks for it is skipped.
/// </summary>
public abstract class TestServer : IAsyncLifetime
{
    ServerProcess? process;
    IContainer? container;

    public int Port { get; } = LoopbackPort.Free();

    public bool IsInstalled => Choice.Exists;

    /// <summary>Whether tests may do with it what they like.</summary>
    public bool IsOwn => Choice.Exists && Choice.Given is null;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("rdm-server-").FullName;

    private protected abstract ServerChoice Choice { get; }

    /// <summary>What is to be installed for the tests to run.</summary>
    protected abstract string Advice { get; }

    /// <summary>The signal that stops the server at once and in order.</summary>
    protected virtual int StopSignal => ServerProcess.Terminate;

    public async ValueTask InitializeAsync()
    {
        if (!Choice.Exists || Choice.Given is not null)
            return;
        if (Choice.IsLocal)
            await PrepareAsync(TestContext.Current.CancellationToken);
        await StartAsync();
    }

    /// <summary>Skips the test where there is no server of the tests' own.</summary>
    public void MustBeOwn()
    {
        Choice.MustBeOwn();
        Installed(0);
    }

    /// <summary>On the same port and with the same data as before.</summary>
    public async Task StartAsync()
    {
        Choice.MustBeOwn();
        if (Choice.IsContainer)
            await (container ??= Describe().Build()).StartAsync(IsReadyAsync);
        else
            process = await RunAsync();
    }

    public async Task StopAsync()
    {
        Choice.MustBeOwn();
        if (container is not null)
            await container.StopAsync();
        if (Interlocked.Exchange(ref process, null) is { } running)
            await running.StopAsync(StopSignal);
    }

    /// <summary>Ends the server as a crash does. RabbitMQ forgets queues that were declared in the seconds before.</summary>
    public Task KillAsync()
    {
        Choice.MustBeLocal();
        return EndAsync();
    }

    /// <summary>It takes connections and does not answer, until it goes on.</summary>
    public Task FreezeAsync()
    {
        Choice.MustBeLocal();
        return process!.FreezeAsync();
    }

    public void GoOn() => process!.GoOn();

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await EndAsync();
        if (container is not null)
            await container.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What a local server needs before its first start.</summary>
    protected virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected abstract Task<ServerProcess> RunAsync();

    protected abstract ContainerBuilder Describe();

    protected abstract Task<bool> IsReadyAsync(CancellationToken cancellationToken);

    /// <summary>Skips the test where there is no server.</summary>
    protected T Installed<T>(T value)
    {
        if (!Choice.Exists)
            Absent.Skip(GetType().Name, $"{Advice}, or start a Docker engine");
        return value;
    }

    async Task EndAsync()
    {
        if (Interlocked.Exchange(ref process, null) is { } running)
            await running.KillAsync();
    }
}
