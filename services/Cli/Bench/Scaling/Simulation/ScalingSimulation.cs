using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.Bench.Scaling.Autoscaling;
using RdmCloud.Cli.Bench.Steps;

namespace RdmCloud.Cli.Bench.Scaling.Simulation;

/// <summary>Plays jobs through the chain while KEDA and the HPA scale the pods. The same input has the same outcome.</summary>
static class ScalingSimulation
{
    const double Patience = 24 * 3600; // after the last arrival: jobs below the activation threshold would wait for ever
    const double SamplePeriod = 5;

    /// <summary>Ends when all is drawn and the pods are as few as they may be.</summary>
    public static ScalingOutcome Run(IReadOnlyList<Arrival> arrivals, IReadOnlyList<Burst> bursts, StepTimes times,
        ScalingSettings settings)
    {
        var events = new EventQueue();
        Chain? chain = null;
        var fleet = new Fleet(events, times, settings.Startup, () => chain!.Advance());
        chain = new(fleet, times.Slots);
        var (keda, hpa) = (new KedaActivation(settings), new HorizontalAutoscaler(settings));
        var samples = new List<ScalingSample>();
        var jobs = arrivals.Select(arrival => new SimulatedJob(arrival)).ToList();

        fleet.Begin(settings.MinReplicas);
        var coming = jobs.Count;
        foreach (var job in jobs)
            events.At(job.Arrival.At, () =>
            {
                coming--;
                chain.Submit(job);
            });
        events.Every(SamplePeriod, () => samples.Add(new(events.Now, chain.Waiting, fleet.Present.Count(), fleet.Ready.Count())));
        events.Every(settings.PollingInterval, () => Scale(keda.Decide(events.Now, fleet.Replicas.Count(), chain.Open)));
        events.Every(HorizontalAutoscaler.SyncPeriod, () =>
        {
            if (fleet.Replicas.Any()) // with none, the HPA is disabled
                Scale(hpa.Decide(events.Now, fleet.Replicas.Count(), chain.Open));
        });
        var until = arrivals[^1].At + Patience;
        while (events.Now < until && (coming > 0 || chain.Open > 0 || fleet.Present.Count() > settings.MinReplicas))
            events.Next();
        return ScalingOutcome.Of(settings, jobs, fleet, bursts, samples, events.Now);

        void Scale(int count)
        {
            fleet.ScaleTo(count);
            chain.Advance();
        }
    }
}
