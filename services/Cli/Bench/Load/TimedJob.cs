using RdmCloud.Cli.Bench.Arrivals;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>A job that was submitted, with the seconds from when it was meant to be until it was over.</summary>
sealed record TimedJob(Arrival Arrival, double Latency, JobEnding Ending)
{
    public bool IsDrawn => Ending.Error is null;

    /// <summary>Seconds after the start.</summary>
    public double EndedAt => Arrival.At + Latency;
}
