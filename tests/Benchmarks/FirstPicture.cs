using System.Diagnostics;
using RdmCloud.Benchmarks.Harness;

namespace RdmCloud.Benchmarks;

/// <summary>From the start of the command to its first finished picture, for a person who waits for it.</summary>
sealed class FirstPicture(string? modelFolder) : IBenchmark
{
    const int Rounds = 3;

    public string Name => "first-picture";

    public void Run()
    {
        var target = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var command = Path.Combine(AppContext.BaseDirectory, "..", "..", "Cli", target, "rdm");
        if (modelFolder is null || !File.Exists(command))
        {
            Console.WriteLine(
                $"\n{Name} is skipped: it needs services/Cli, built, and a model with its databases; "
                + "give its folder with --model.");
            return;
        }
        using var folder = new TemporaryFolder();
        Report.Table("From process start to pictures on disk", 1, conclude =>
        {
            Contender[] contenders = [.. new[] { 1, 20 }.Select(steps =>
                new Contender($"{steps} steps", () => Generate(command, folder.File("out"), steps)))];
            var timings = Interleaved.Measure(contenders, Rounds);
            Report.Head("", "best ms", "median ms");
            foreach (var timing in timings)
                Report.Row(timing.Name, $"{timing.Best:f0}", $"{timing.Median:f0}");
            conclude(Report.Verdict("ready and one step drawn", timings[0].Median / 1e3, 1.5, unit: " s"));
        });
    }

    void Generate(string command, string output, int steps)
    {
        string[] arguments =
        [
            "generate", "a red heart", "--model", modelFolder!, "-n", "1",
            "--steps", $"{steps}", "--sampler", "dpmpp-2m", "-o", output,
        ];
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"rdm generate failed: {errors}");
    }
}
