using System.Diagnostics;
using RdmCloud.Training;

namespace RdmCloud.Cli.Train;

/// <summary>
/// The other processes of a training: this program once more, with this one's command line and a number. Their standard input
/// is a pipe from this process that says nothing; when it ends, so do they, whatever became of this one.
/// </summary>
sealed class Replicas(string folder, int count, CancellationTokenSource stop) : IAsyncDisposable
{
    readonly List<Process> processes = [];
    int failed;

    /// <summary>In a process that is not the first: cancels when the first one has ended.</summary>
    public static Replicas EndWithTheFirst(CancellationTokenSource stop)
    {
        _ = Task.Run(async () =>
        {
            await Console.OpenStandardInput().CopyToAsync(Stream.Null);
            await stop.CancelAsync();
        });
        return new("", 1, stop);
    }

    /// <summary>Starts them, once what this process has prepared lies in the folder.</summary>
    public void Start()
    {
        if (count == 1 || processes.Count > 0)
            return;
        ReplicaExchange.Clear(folder);
        for (var number = 1; number < count; number++)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true };
            IEnumerable<string> words =
                [.. Program(), .. Environment.GetCommandLineArgs()[1..], TrainOptions.ReplicaOption, $"{number}"];
            foreach (var word in words)
                start.ArgumentList.Add(word);
            var process = Process.Start(start)!;
            processes.Add(process);
            _ = WatchAsync(process);
        }
    }

    /// <exception cref="TrainingException">One of them ended before its time.</exception>
    public void ThrowIfOneFailed()
    {
        if (failed > 0)
            throw new TrainingException(
                "One of the processes ended before its time, and the training was saved and stopped. "
                + "Its error stands above; the same command goes on.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    async Task WatchAsync(Process process)
    {
        await process.WaitForExitAsync();
        if (process.ExitCode == 0 || stop.IsCancellationRequested)
            return;
        Interlocked.Increment(ref failed);
        await stop.CancelAsync();
    }

    // Under dotnet the first argument is the program; a program of its own needs none.
    static string[] Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
}
