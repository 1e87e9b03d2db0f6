using System.Diagnostics;

namespace RdmCloud.Cli;

/// <summary>The real program, as a process of its own.</summary>
static class Rdm
{
    static readonly string program = Path.Combine(AppContext.BaseDirectory, "rdm.dll");

    /// <summary>Runs it in a folder, with a default model.</summary>
    public static async Task<RdmRun> RunAsync(string folder, string? model, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, model, arguments);
        return await EndAsync(process);
    }

    /// <summary>Waits until it has ended.</summary>
    public static async Task<RdmRun> EndAsync(Process process)
    {
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, output, await error);
    }

    public static Process Start(string folder, string? model, params IEnumerable<string> arguments) =>
        Start(folder, model, new Dictionary<string, string>(), arguments);

    public static Process Start(
        string folder, string? model, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["RDM_MODEL"] = model;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
