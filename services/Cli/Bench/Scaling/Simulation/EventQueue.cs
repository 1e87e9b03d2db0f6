namespace RdmCloud.Cli.Bench.Scaling.Simulation;

/// <summary>What happens when: the clock jumps from one event to the next.</summary>
sealed class EventQueue
{
    readonly PriorityQueue<Action, (double At, long Order)> events = new();
    long order;

    public double Now { get; private set; }

    /// <summary>At the same time, what was planned first happens first.</summary>
    public void At(double time, Action happening) => events.Enqueue(happening, (time, order++));

    public void Every(double period, Action happening) => At(Now + period, () =>
    {
        happening();
        Every(period, happening);
    });

    public void Next()
    {
        events.TryDequeue(out var happening, out var when);
        Now = when.At;
        happening!();
    }
}
