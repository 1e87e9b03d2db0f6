using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.Bench.Scaling.Autoscaling;
using RdmCloud.Cli.Bench.Statistics;

namespace RdmCloud.Cli.Bench.Scaling.Simulation;

/// <summary>What some settings led to.</summary>
/// <param name="Waits">From arrival to the first step, in seconds, in the order of arrival.</param>
/// <param name="NeverDrawn">Jobs that no pod was started for.</param>
/// <param name="DrainSeconds">From a burst's end until all that came in it is begun; of several bursts the longest.</param>
/// <param name="GpuMinutes">From each pod's creation to its end.</param>
/// <param name="IdleMinutes">Of these, ready and without work.</param>
/// <param name="MaxPods">Present at once.</param>
sealed record ScalingOutcome(
    ScalingSettings Settings, IReadOnlyList<double> Waits, int NeverDrawn, double? DrainSeconds, double GpuMinutes,
        double StartingMinutes, double IdleMinutes, int MaxPods, IReadOnlyList<ScalingSample> Samples)
{
    public Percentiles? Wait => Percentiles.Of(Waits);

    /// <summary>Of all jobs together.</summary>
    public double WaitMinutes => Waits.Sum() / 60;

    public double WastedMinutes => StartingMinutes + IdleMinutes;

    /// <param name="waitPrice">What a minute of a job's waiting is worth, in minutes of a GPU.</param>
    public double Cost(double waitPrice) => GpuMinutes + waitPrice * WaitMinutes;

    public static ScalingOutcome Of(
        ScalingSettings settings, IReadOnlyList<SimulatedJob> jobs, Fleet fleet, IReadOnlyList<Burst> bursts,
            IReadOnlyList<ScalingSample> samples, double end)
    {
        var waits = jobs.Where(job => job.StartedAt is not null).Select(job => job.StartedAt!.Value - job.Arrival.At).ToList();
        var present = fleet.All.Sum(pod => (pod.EndedAt ?? end) - pod.Created) / 60;
        var starting = fleet.All.Sum(pod => (pod.ReadyAt ?? pod.EndedAt ?? end) - pod.Created) / 60;
        return new(
            settings, waits, jobs.Count(job => job.DrawnAt is null), Drain(jobs, bursts),
            present, starting, present - starting - fleet.All.Sum(pod => pod.Drawing) / 60, fleet.Most, samples);
    }

    static double? Drain(IReadOnlyList<SimulatedJob> jobs, IReadOnlyList<Burst> bursts) => bursts
        .Select(burst => jobs.Where(job => job.Arrival.At >= burst.From && job.Arrival.At < burst.End)
            .Select(job => job.StartedAt - burst.End).Append(0).Max())
        .Max();
}
