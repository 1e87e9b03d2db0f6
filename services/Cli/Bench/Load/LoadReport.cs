using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.Bench.Statistics;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>What a run has shown; times in seconds, from when a job was meant to be submitted.</summary>
/// <param name="Planned">Jobs that would have come if nobody had interrupted it.</param>
/// <param name="Seconds">From the first arrival to the last end.</param>
/// <param name="Stages">Where the time of the drawn jobs went.</param>
/// <param name="JainIndex">Over the tenants, of what each was served while jobs came, as a part of its fair share.</param>
/// <param name="WorstToMedianP95">The 95th percentile of the tenant that waits longest ÷ that of the median tenant.</param>
/// <param name="Errors">By kind.</param>
sealed record LoadReport(
    string Url, int Planned, int Submitted, int Completed, double Seconds, double JobsPerSecond, double PicturesPerSecond,
    Percentiles? Latency, IReadOnlyDictionary<string, Percentiles> Stages, IReadOnlyList<TenantReport> Tenants,
    double JainIndex, double? WorstToMedianP95, IReadOnlyDictionary<string, int> Errors, int Retries)
{
    public static LoadReport Of(
        string url, int planned, IReadOnlyList<TimedJob> jobs, IReadOnlyList<TenantShare> tenants, int retries)
    {
        TimedJob[] drawn = [.. jobs.Where(job => job.IsDrawn)];
        var seconds = jobs.Count == 0 ? 0 : jobs.Max(job => job.EndedAt) - jobs[0].Arrival.At;
        var reports = TenantReport.Of(jobs, tenants);
        double[] p95 = [.. reports.Select(tenant => tenant.Latency?.P95).OfType<double>().Order()];
        return new(
            url, planned, jobs.Count, drawn.Length, Math.Round(seconds, 2), Rate(drawn.Length),
            Rate(drawn.Sum(job => job.Arrival.Pictures)),
            Percentiles.Of(drawn.Select(job => job.Latency))?.Rounded(3),
            drawn.SelectMany(job => job.Ending.Stages).GroupBy(stage => stage.Key, stage => stage.Value)
                .ToDictionary(stage => stage.Key, stage => Percentiles.Of(stage)!.Rounded(3)),
            reports, Math.Round(Fairness.Jain([.. reports.Select(tenant => tenant.ServedOfFair).OfType<double>()]), 3),
            p95 is [] ? null : Math.Round(p95[^1] / p95[(p95.Length - 1) / 2], 2),
            jobs.Where(job => !job.IsDrawn).CountBy(job => job.Ending.Error!).ToDictionary(), retries);

        double Rate(int count) => seconds > 0 ? Math.Round(count / seconds, 2) : 0;
    }
}
