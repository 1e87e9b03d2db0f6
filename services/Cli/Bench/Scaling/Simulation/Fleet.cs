using RdmCloud.Cli.Bench.Steps;

namespace RdmCloud.Cli.Bench.Scaling.Simulation;

/// <summary>The pods: made on demand, ready after a while, and ended when they have drawn what they hold.</summary>
sealed class Fleet(EventQueue events, StepTimes times, double startup, Action changed)
{
    readonly List<Pod> all = [];

    /// <summary>All that ever were.</summary>
    public IReadOnlyList<Pod> All => all;

    /// <summary>Those that Kubernetes counts: starting or ready.</summary>
    public IEnumerable<Pod> Replicas => all.Where(pod => !pod.IsLeaving && pod.EndedAt is null);

    /// <summary>Those that hold a device, the leaving ones too.</summary>
    public IEnumerable<Pod> Present => all.Where(pod => pod.EndedAt is null);

    public IEnumerable<Pod> Ready => Replicas.Where(pod => pod.ReadyAt is not null);

    public int Most { get; private set; }

    public void ScaleTo(int count)
    {
        for (var i = Replicas.Count(); i < count; i++)
            Create();
        // Kubernetes takes first what is not ready yet, then what has been ready for the shortest time.
        var victims = Replicas.Reverse().OrderByDescending(pod => pod.ReadyAt ?? double.PositiveInfinity);
        foreach (var pod in victims.Take(Replicas.Count() - count).ToList())
        {
            pod.IsLeaving = true;
            EndIfDone(pod);
        }
    }

    /// <summary>Pods that are there, and ready, from the start.</summary>
    public void Begin(int count)
    {
        for (var i = 0; i < count; i++)
            all.Add(new(events.Now, times) { ReadyAt = events.Now });
        Most = count;
    }

    /// <summary>The idle pods that hold pictures begin.</summary>
    public void Draw()
    {
        foreach (var pod in Present.Where(pod => !pod.IsTicking && !pod.IsIdle))
            Tick(pod);
    }

    void Tick(Pod pod) => events.At(events.Now + pod.BeginTick(events.Now), () =>
    {
        pod.EndTick(events.Now);
        EndIfDone(pod);
        changed();
    });

    void Create()
    {
        var pod = new Pod(events.Now, times);
        all.Add(pod);
        Most = Math.Max(Most, Present.Count());
        events.At(events.Now + startup, () =>
        {
            if (pod.EndedAt is not null)
                return;
            pod.ReadyAt = events.Now;
            changed();
        });
    }

    void EndIfDone(Pod pod)
    {
        if (pod is { IsLeaving: true, IsIdle: true })
            pod.EndedAt ??= events.Now;
    }
}
