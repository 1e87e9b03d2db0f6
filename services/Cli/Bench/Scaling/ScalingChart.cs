using RdmCloud.Cli.Bench.Charts;
using RdmCloud.Cli.Bench.Scaling.Autoscaling;
using RdmCloud.Cli.Bench.Scaling.Simulation;
using ScottPlot;

namespace RdmCloud.Cli.Bench.Scaling;

/// <summary>Jobs that wait, on the left axis, and pods, on the right one, over time.</summary>
static class ScalingChart
{
    public static void Save(string path, ScalingOutcome outcome) => ChartFile.Save(path, Title(outcome.Settings), plot =>
    {
        double[] minutes = [.. outcome.Samples.Select(sample => sample.At / 60)];
        var waiting = plot.Add.ScatterLine(minutes, [.. outcome.Samples.Select(sample => (double)sample.Waiting)], Colors.C1);
        waiting.LegendText = "jobs that wait";
        waiting.FillY = true;
        waiting.FillYColor = Colors.C1.WithAlpha(0.15);
        Pods(sample => sample.Pods, "pods that hold a GPU", Colors.C0.WithAlpha(0.5), LinePattern.Dashed);
        Pods(sample => sample.Ready, "pods that are ready", Colors.C0, LinePattern.Solid);
        plot.XLabel("minutes");
        plot.YLabel("jobs that wait");
        plot.Axes.Right.Label.Text = "pods";
        plot.Axes.SetLimitsY(0, 1.15 * Math.Max(1, outcome.Samples.Max(sample => sample.Waiting)));
        plot.Axes.SetLimitsY(0, 1.15 * Math.Max(1, outcome.MaxPods), plot.Axes.Right);
        plot.ShowLegend(Alignment.UpperRight);

        void Pods(Func<ScalingSample, int> count, string name, Color color, LinePattern pattern)
        {
            var line = plot.Add.ScatterLine(minutes, [.. outcome.Samples.Select(sample => (double)count(sample))], color);
            (line.LegendText, line.LinePattern, line.LineWidth) = (name, pattern, 2);
            line.ConnectStyle = ConnectStyle.StepHorizontal;
            line.Axes.YAxis = plot.Axes.Right;
        }
    });

    static string Title(ScalingSettings settings) => FormattableString.Invariant(
        $"target {settings.Target}, polling {settings.PollingInterval} s, cooldown {settings.CooldownPeriod} s, ")
        + FormattableString.Invariant($"stabilization {settings.Stabilization} s, down {settings.ScaleDown}");
}
