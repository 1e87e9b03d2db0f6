using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RdmCloud.EndToEnd.Support;

/// <summary>The command, as a process of its own.</summary>
sealed class RdmProgram : IDisposable
{
    const int Interrupt = 2;

    readonly Process process;

    RdmProgram(Process process) => this.process = process;

    public static RdmProgram Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.Parent!.Parent!.FullName, "Cli", own.Name, "rdm");
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Fixtures.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(
        IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var running = Start(environment, arguments);
        return await running.EndAsync();
    }

    /// <summary>The next line that holds a text.</summary>
    public async Task<string> LineWithAsync(string text)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.Contains(text))
                return line;
        throw new InvalidOperationException($"It ended without saying '{text}': {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>As Ctrl-C does.</summary>
    public void PressControlC() => Assert.Equal(0, Kill(process.Id, Interrupt));

    public async Task<(int Code, string Output, string Error)> EndAsync()
    {
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    static extern int Kill(int process, int signal);
}
