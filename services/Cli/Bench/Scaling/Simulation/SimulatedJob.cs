using RdmCloud.Cli.Bench.Arrivals;

namespace RdmCloud.Cli.Bench.Scaling.Simulation;

sealed class SimulatedJob(Arrival arrival)
{
    int drawn;

    public Arrival Arrival => arrival;

    /// <summary>When its first picture went into a step.</summary>
    public double? StartedAt { get; private set; }

    public double? DrawnAt { get; private set; }

    public void Start(double now) => StartedAt ??= now;

    public void PictureDrawn(double now)
    {
        if (++drawn == arrival.Pictures)
            DrawnAt = now;
    }
}
