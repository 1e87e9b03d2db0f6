namespace RdmCloud.Servers;

/// <summary>
/// An S3 in memory, for a whole assembly of tests. It starts with the first test that asks for it and takes any credentials.
/// </summary>
public sealed class MotoServer : IAsyncDisposable
{
    const string Program = "moto_server";

    readonly int port = LoopbackPort.Free();
    readonly Lazy<Task<ServerProcess>> process;

    public MotoServer() => process = new(() => ServerProcess.StartAsync(
        Path.GetTempPath(), [Program, "-H", "127.0.0.1", "-p", $"{port}"], token => Tcp.AnswersHttpAsync(port, token)));

    public static bool IsInstalled => Command.Exists(Program);

    /// <summary>Its address. Skips the test where the server is not installed.</summary>
    public async Task<Uri> StartAsync()
    {
        if (!IsInstalled)
            Absent.Skip(nameof(MotoServer), $"{Program} is not in PATH: pip install 'moto[server,s3]'");
        await process.Value;
        return LoopbackPort.Http(port);
    }

    public async Task SignalAsync(int signal) => (await process.Value).Signal(signal);

    public async ValueTask DisposeAsync()
    {
        if (process.IsValueCreated)
            await (await process.Value).KillAsync();
    }
}
