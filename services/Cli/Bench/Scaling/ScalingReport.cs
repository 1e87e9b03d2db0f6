using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.Bench.Scaling.Simulation;
using RdmCloud.Cli.Bench.Statistics;
using RdmCloud.Cli.Bench.Steps;

namespace RdmCloud.Cli.Bench.Scaling;

/// <param name="PicturesPerSecond">Of a full worker, with pictures of as many steps as the jobs have on average.</param>
/// <param name="WaitPrice">GPU minutes that a minute of a job's waiting is worth.</param>
/// <param name="Settings">The cheapest first.</param>
sealed record ScalingReport(
    StepTimes StepTimes, double PicturesPerSecond, int Jobs, double Seconds, double WaitPrice,
    IReadOnlyList<ScalingReport.Row> Settings)
{
    public static ScalingReport Of(
        StepTimes times, IReadOnlyList<Arrival> jobs, double waitPrice, IReadOnlyList<ScalingOutcome> outcomes) => new(
        times, Math.Round(times.PicturesPerSecond((int)Math.Round(jobs.Average(job => job.Steps))), 2), jobs.Count,
        Math.Round(jobs[^1].At, 1), waitPrice,
        [.. outcomes.Select(outcome => Row.Of(outcome, waitPrice))]);

    /// <summary>Settings and what they led to; waits in seconds.</summary>
    internal sealed record Row(
        double Target, double PollingInterval, double CooldownPeriod, double StabilizationWindow, string ScaleDown,
        int MinReplicas, int MaxReplicas,
        Percentiles? Wait, double? DrainSeconds, double GpuMinutes, double StartingMinutes, double IdleMinutes, int MaxPods,
        int NeverDrawn, double Cost)
    {
        public static Row Of(ScalingOutcome outcome, double waitPrice) => new(
            outcome.Settings.Target, outcome.Settings.PollingInterval, outcome.Settings.CooldownPeriod,
            outcome.Settings.Stabilization,
            outcome.Settings.ScaleDown.ToString(), outcome.Settings.MinReplicas, outcome.Settings.MaxReplicas,
            outcome.Wait?.Rounded(2), outcome.DrainSeconds is { } drain ? Math.Round(drain, 1) : null,
            Math.Round(outcome.GpuMinutes, 1),
            Math.Round(outcome.StartingMinutes, 1), Math.Round(outcome.IdleMinutes, 1), outcome.MaxPods, outcome.NeverDrawn,
            Math.Round(outcome.Cost(waitPrice), 1));
    }
}
