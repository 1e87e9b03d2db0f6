using System.Collections.Concurrent;

namespace RdmCloud.Gateway.Ledger;

/// <summary>Who waits for what in the ledger.</summary>
public sealed class LedgerSignals
{
    readonly ConcurrentDictionary<JobWatch, byte> watches = [];

    /// <summary>A job waits for its turn, or the chain has room.</summary>
    public Signal Dispatch { get; } = new();

    public Signal Outbox { get; } = new();

    public JobWatch Watch(string job)
    {
        var watch = new JobWatch(job, gone => watches.TryRemove(gone, out _));
        watches[watch] = 0;
        return watch;
    }

    public void Changed(Job job)
    {
        foreach (var watch in watches.Keys.Where(watch => watch.Job == job.Id))
            watch.Changed.Raise();
        Dispatch.Raise();
        Outbox.Raise();
    }
}
