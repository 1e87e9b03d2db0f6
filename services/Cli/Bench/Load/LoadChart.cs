using RdmCloud.Cli.Bench.Charts;
using ScottPlot;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>
/// Each job's latency over its time of arrival, in a color for each tenant; what was not drawn lies as crosses at the bottom.
/// </summary>
static class LoadChart
{
    public static void Save(string path, IReadOnlyList<TimedJob> jobs) =>
        ChartFile.Save(path, "Latency by time of arrival", plot =>
    {
        foreach (var (name, index) in jobs.Select(job => job.Arrival.Tenant).Distinct().Order(StringComparer.Ordinal)
            .Select((name, index) => (name, index)))
        {
            var drawn = jobs.Where(job => job.IsDrawn && job.Arrival.Tenant == name).ToList();
            double[] arrivals = [.. drawn.Select(job => job.Arrival.At)], latencies = [.. drawn.Select(job => job.Latency)];
            var points = plot.Add.ScatterPoints(arrivals, latencies);
            (points.Color, points.LegendText, points.MarkerSize) = (plot.Add.Palette.GetColor(index), name, 5);
        }
        double[] lost = [.. jobs.Where(job => !job.IsDrawn).Select(job => job.Arrival.At)];
        if (lost.Length > 0)
        {
            var crosses = plot.Add.ScatterPoints(lost, new double[lost.Length]);
            (crosses.Color, crosses.LegendText, crosses.MarkerShape) = (Colors.Black, "not drawn", MarkerShape.Eks);
        }
        plot.XLabel("arrival, seconds after the start");
        plot.YLabel("seconds until the pictures are there");
        plot.ShowLegend(Alignment.UpperLeft);
    });
}
