using RdmCloud.Cli.Bench.Steps;

namespace RdmCloud.Cli.Bench.Scaling.Simulation;

/// <summary>A sampling worker: at every tick all of its pictures make a step together, and newcomers join the next one.</summary>
sealed class Pod(double created, StepTimes times)
{
    readonly Queue<(SimulatedJob Job, int Steps)> arriving = [];
    readonly List<(SimulatedJob Job, int Steps)> active = [];

    public double Created => created;

    public double? ReadyAt { get; set; }

    /// <summary>It was told to end, takes nothing new and finishes what it has.</summary>
    public bool IsLeaving { get; set; }

    public double? EndedAt { get; set; }

    public bool IsTicking { get; private set; }

    /// <summary>Seconds in which it drew.</summary>
    public double Drawing { get; private set; }

    public int Pictures => arriving.Count + active.Count;

    public bool IsIdle => Pictures == 0;

    public bool TakesJobs => ReadyAt is not null && !IsLeaving && EndedAt is null && Pictures < times.Slots;

    public void Take(SimulatedJob job)
    {
        for (var picture = 0; picture < job.Arrival.Pictures; picture++)
            arriving.Enqueue((job, job.Arrival.Steps));
    }

    /// <summary>How long this one takes.</summary>
    public double BeginTick(double now)
    {
        IsTicking = true;
        while (active.Count < times.Slots && arriving.TryDequeue(out var picture))
        {
            picture.Job.Start(now);
            active.Add(picture);
        }
        var seconds = times.Of(active.Count) + times.DecodeSeconds * active.Count(picture => picture.Steps == 1);
        Drawing += seconds;
        return seconds;
    }

    public void EndTick(double now)
    {
        IsTicking = false;
        for (var i = 0; i < active.Count; i++)
            active[i] = active[i] with { Steps = active[i].Steps - 1 };
        foreach (var (job, _) in active.Where(picture => picture.Steps == 0))
            job.PictureDrawn(now);
        active.RemoveAll(picture => picture.Steps == 0);
    }
}
