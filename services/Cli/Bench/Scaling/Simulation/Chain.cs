namespace RdmCloud.Cli.Bench.Scaling.Simulation;

/// <summary>
/// The way of a job: it waits in the ledger, the dispatcher lets a quarter more pictures into the chain than the ready pods
/// draw, and a pod takes it when it has room. Tenants are left out: they decide whose job is next, not how many there are.
/// </summary>
sealed class Chain(Fleet fleet, int slots)
{
    const double Window = 1.25;

    readonly Queue<SimulatedJob> ledger = [];
    readonly Queue<SimulatedJob> queue = [];
    readonly List<SimulatedJob> drawing = [];
    readonly List<SimulatedJob> drawn = [];

    /// <summary>Jobs that are not drawn: what the autoscaler is told.</summary>
    public int Open => Waiting + drawing.Count;

    /// <summary>Jobs that no pod has taken.</summary>
    public int Waiting => ledger.Count + queue.Count;

    public IReadOnlyList<SimulatedJob> Drawn => drawn;

    public void Submit(SimulatedJob job)
    {
        ledger.Enqueue(job);
        Advance();
    }

    /// <summary>Moves on what can move.</summary>
    public void Advance()
    {
        drawn.AddRange(drawing.Where(job => job.DrawnAt is not null));
        drawing.RemoveAll(job => job.DrawnAt is not null);
        var window = (int)Math.Ceiling(fleet.Ready.Count() * slots * Window);
        var inChain = queue.Concat(drawing).Sum(job => job.Arrival.Pictures);
        while (inChain < window && ledger.TryDequeue(out var job))
        {
            queue.Enqueue(job);
            inChain += job.Arrival.Pictures;
        }
        while (queue.Count > 0 && fleet.Ready.Where(pod => pod.TakesJobs).MinBy(pod => pod.Pictures) is { } pod)
        {
            drawing.Add(queue.Peek());
            pod.Take(queue.Dequeue());
        }
        fleet.Draw();
    }
}
