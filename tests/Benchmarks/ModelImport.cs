using System.Diagnostics;
using RdmCloud.Benchmarks.Checkpoints;
using RdmCloud.Benchmarks.Harness;
using RdmCloud.Diffusion.Import;

namespace RdmCloud.Benchmarks;

/// <summary>The import of a checkpoint of full size: speed, and the most memory that was resident.</summary>
sealed class ModelImport : IBenchmark
{
    const long NeededBytes = 7L << 30;

    public string Name => "import";

    public void Run()
    {
        var free = new DriveInfo(Path.GetTempPath()).AvailableFreeSpace;
        if (free < NeededBytes || !OperatingSystem.IsLinux())
        {
            Console.WriteLine(
                $"\n{Name} is skipped: it needs Linux and {NeededBytes >> 30} GB in "
                + $"{Path.GetTempPath()}, where {free >> 30} GB are free.");
            return;
        }
        Report.Table("Import of the ImageNet RDM's full size (400 M parameters, float32, raw and averaged)", 1, Measure);
    }

    static void Measure(Action<string> conclude)
    {
        using var folder = new TemporaryFolder();
        FullSizeCheckpoint.Write(folder.File("model.ckpt"));
        GC.Collect();
        File.WriteAllText("/proc/self/clear_refs", "5"); // the peak begins anew
        var before = Status("VmRSS");
        var start = Stopwatch.GetTimestamp();
        new ModelImporter().ImportAsync(new() { Checkpoint = folder.File("model.ckpt"), Output = folder.File("model") })
            .GetAwaiter().GetResult();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var (peak, own) = (Status("VmHWM") - before, Status("RssAnon"));
        var written = new DirectoryInfo(folder.File("model")).EnumerateFiles().Sum(file => file.Length);
        Report.Head("checkpoint GB", "model GB", "seconds", "GB/s of the model", "peak resident GB above the start");
        Report.Row($"{new FileInfo(folder.File("model.ckpt")).Length / 1e9:f2}",
            $"{written / 1e9:f2}", $"{seconds:f1}", $"{written / 1e9 / seconds:f2}", $"{peak / 1e9:f2}");
        conclude(Report.Verdict("peak above the model's own size", (peak - written) / (double)(1 << 30), 1, unit: " GiB"));
        conclude(
            $"after it, {own / 1e6:f0} MB are the process's own; "
            + "the rest of what is resident are pages of mapped files, which the system takes back");
    }

    static long Status(string field) =>
        long.Parse(
            File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1],
            System.Globalization.CultureInfo.InvariantCulture) * 1024;
}
