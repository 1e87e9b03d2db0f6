using System.Diagnostics;

namespace RdmCloud.Servers;

/// <summary>
/// A server that ends when the tests do, however they end: a shell kills it at the end of its own input, which only this
/// process holds open.
/// </summary>
public sealed class TiedProcess : IAsyncDisposable
{
    const string Script = """
        exec 3<&0
        "$@" 2>&1 3<&- &
        server=$!
        { cat <&3; kill "$server"; } >/dev/null 2>&1 &
        wait "$server"
        """;

    static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    readonly Process shell;
    readonly TaskCompletionSource<string> announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<string> output = [];

    /// <param name="announcement">A part of the line by which the server says that it is ready.</param>
    public TiedProcess(string announcement, string command, params string[] arguments)
    {
        shell = Process.Start(new ProcessStartInfo("sh", ["-c", Script, "sh", command, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        shell.OutputDataReceived += (_, line) => Read(line.Data, announcement);
        shell.BeginOutputReadLine();
    }

    /// <summary>Whether there is a shell, and a program of this name in PATH.</summary>
    public static bool CanRun(string command) =>
        !OperatingSystem.IsWindows()
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, command)));

    /// <summary>The line by which the server said that it is ready.</summary>
    public Task<string> ReadyAsync() => announced.Task.WaitAsync(patience);

    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }

    void Read(string? line, string announcement)
    {
        if (line is null)
            announced.TrySetException(new InvalidOperationException($"The server ended. It said:\n{string.Join('\n', output)}"));
        else if (line.Contains(announcement, StringComparison.Ordinal))
            announced.TrySetResult(line);
        else if (!announced.Task.IsCompleted)
            output.Add(line);
    }
}
