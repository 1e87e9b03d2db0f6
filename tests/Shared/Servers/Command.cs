using System.Diagnostics;

namespace RdmCloud.Servers;

static class Command
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it said.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed: {output}{await error}");
    }

    /// <summary>Whether PATH has it, and what it takes to end it with the tests.</summary>
    public static bool Exists(string program) => IsInPath(program) && IsInPath("setpriv");

    /// <summary>The words that make setpriv run what follows as another user.</summary>
    public static string[] As(string? user) => user is null ? [] : [$"--reuid={user}", $"--regid={user}", "--clear-groups"];

    static bool IsInPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
