using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace RdmCloud.ServiceDefaults.Stages;

/// <summary>
/// The jobs that this process works on, and those that it has been told to let go, whichever it hears of first.
/// </summary>
public sealed class JobCancellations(TimeProvider time) : IDisposable
{
    static readonly TimeSpan remembered = TimeSpan.FromHours(1);

    // No timer can be set for much longer, and no stage works on one job for as long.
    static readonly TimeSpan longest = TimeSpan.FromDays(30);

    readonly ConcurrentDictionary<HeldJob, byte> held = [];
    readonly MemoryCache canceled = new(new MemoryCacheOptions());

    /// <summary>
    /// Takes a job up until disposed of; its token is canceled with the job, at its deadline, or when this process stops.
    /// </summary>
    public HeldJob Hold(string job, DateTimeOffset? deadline, CancellationToken stopping)
    {
        var taken = new HeldJob(job, LeftUntil(deadline), time, stopping, over => held.TryRemove(over, out _));
        held[taken] = 0;
        if (canceled.TryGetValue(job, out _))
            taken.Cancel();
        return taken;
    }

    public void Cancel(string job)
    {
        canceled.Set(job, true, remembered);
        foreach (var taken in held.Keys.Where(taken => taken.Job == job))
            taken.Cancel();
    }

    public void Dispose() => canceled.Dispose();

    TimeSpan LeftUntil(DateTimeOffset? deadline)
    {
        if (deadline is not { } end)
            return Timeout.InfiniteTimeSpan;
        var left = end - time.GetUtcNow();
        return TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, longest.Ticks));
    }
}
