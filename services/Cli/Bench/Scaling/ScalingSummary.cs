using System.Globalization;
using RdmCloud.Cli.Bench.Charts;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Scaling;

/// <summary>What a person reads of the comparison.</summary>
static class ScalingSummary
{
    static readonly string[] columns =
        ["target", "polling s", "cooldown s", "stabilization s", "down", "wait p50 s", "p95 s", "drain s", "GPU min", "starting",
        "idle", "pods", "cost"];

    public static void Write(ScalingReport report)
    {
        Terminal.WriteProperties(
            ("step times", report.StepTimes.Source),
            ("a full worker", string.Create(CultureInfo.InvariantCulture, $"{report.StepTimes.Slots} pictures at once, "
                + $"{report.PicturesPerSecond} pictures a second")),
            ("jobs", string.Create(CultureInfo.InvariantCulture, $"{report.Jobs} in {report.Seconds} s")),
            ("cost", string.Create(CultureInfo.InvariantCulture,
                $"GPU minutes + {report.WaitPrice} for each minute that a job waits")),
            ("never drawn", report.Settings.Max(row => row.NeverDrawn) is > 0 and var never ? $"up to {never} jobs" : null));
        Tables.Write(columns, report.Settings.Select(row => (IReadOnlyList<string>)
        [
            Plain(row.Target), Plain(row.PollingInterval), Plain(row.CooldownPeriod), Plain(row.StabilizationWindow),
            row.ScaleDown,
            Tables.Number(row.Wait?.P50), Tables.Number(row.Wait?.P95), Tables.Number(row.DrainSeconds),
                Tables.Number(row.GpuMinutes),
            Tables.Number(row.StartingMinutes), Tables.Number(row.IdleMinutes), Plain(row.MaxPods), Tables.Number(row.Cost),
        ]));
    }

    static string Plain(double number) => number.ToString(CultureInfo.InvariantCulture);
}
