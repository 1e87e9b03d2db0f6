using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RdmCloud.Servers;

/// <summary>A server's process, which the kernel ends with the tests' own, however that ends.</summary>
public sealed class ServerProcess
{
    public const int Terminate = 15;
    public const int Interrupt = 2;
    const int Freeze = 19, Continue = 18;

    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    readonly Process process;
    readonly ConcurrentQueue<string> output = [];

    ServerProcess(Process process, Task ended)
    {
        this.process = process;
        Ended = ended;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Until it has ended, however that came.</summary>
    public Task Ended { get; }

    /// <summary>All that it has said.</summary>
    public IEnumerable<string> Output => output;

    /// <summary>Whether it runs, and what it said last.</summary>
    public string Describe() =>
        $"{(process.HasExited ? $"ended with {process.ExitCode}" : "runs")}\n{string.Join('\n', output.TakeLast(30))}";

    /// <summary>Starts a program and returns when it is ready.</summary>
    /// <param name="user">Who runs it, where the tests run as root; null for the same user.</param>
    public static async Task<ServerProcess> StartAsync(
        string folder, string[] command, Func<CancellationToken, Task<bool>> isReady,
        IReadOnlyDictionary<string, string>? environment = null, string? user = null)
    {
        var start = new ProcessStartInfo("setpriv", [.. Command.As(user), "--pdeathsig=KILL", "--", .. command])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = new ServerProcess(await StartAsync(start, ended), ended.Task);
        using var limit = new CancellationTokenSource(patience);
        while (!await isReady(limit.Token))
        {
            if (server.process.HasExited)
                throw new InvalidOperationException($"{command[0]} ended too early:\n{string.Join('\n', server.output)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
        return server;
    }

    public void Signal(int signal) => _ = Kill(process.Id, signal);

    /// <summary>Returns when no thread runs any more: on a busy machine the signal takes its time.</summary>
    public async Task FreezeAsync()
    {
        Signal(Freeze);
        while (!Directory.GetDirectories($"/proc/{process.Id}/task").All(IsStopped))
            await Task.Delay(TimeSpan.FromMilliseconds(5));
    }

    public void GoOn() => Signal(Continue);

    /// <summary>Asks the process to stop, and returns when it and its children have.</summary>
    public async Task StopAsync(int signal)
    {
        Signal(signal);
        await EndAsync();
    }

    /// <summary>As the machine would: without asking.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await EndAsync();
    }

    async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(patience);
        await process.WaitForExitAsync(limit.Token);
        process.Dispose();
    }

    // The kernel's signal comes with the end of the thread that started the process, so that one stays.
    static Task<Process> StartAsync(ProcessStartInfo start, TaskCompletionSource ended)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(start, started, ended)) { IsBackground = true, Name = start.FileName };
        thread.Start();
        return started.Task;
    }

    static void Run(ProcessStartInfo start, TaskCompletionSource<Process> started, TaskCompletionSource ended)
    {
        try
        {
            var process = Process.Start(start)!;
            using var end = Process.GetProcessById(process.Id);
            started.SetResult(process);
            end.WaitForExit();
            ended.SetResult();
        }
        catch (Exception exception)
        {
            started.TrySetException(exception);
        }
    }

    // Behind the name, which stands in brackets; a thread may end meanwhile.
    static bool IsStopped(string thread)
    {
        var status = Path.Combine(thread, "stat");
        return !File.Exists(status) || File.ReadAllText(status).Split(") ")[^1][0] == 'T';
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    static extern int Kill(int process, int signal);
}
