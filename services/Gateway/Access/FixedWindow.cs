using System.Collections.Concurrent;

namespace RdmCloud.Gateway.Access;

/// <summary>Counts what each takes within a minute. .NET's own limiters do not know an injected time.</summary>
public sealed class FixedWindow(TimeProvider time)
{
    static readonly TimeSpan length = TimeSpan.FromMinutes(1);
    readonly ConcurrentDictionary<string, Count> counts = [];
    DateTimeOffset lastSweep = time.GetUtcNow();

    /// <summary>Takes one of a window's permits, if any is left.</summary>
    public Permit Take(string who, int permits)
    {
        var now = time.GetUtcNow();
        Sweep(now);
        var count = counts.AddOrUpdate(
            who, _ => new(now, 1), (_, old) => IsOver(old, now) ? new(now, 1) : old with { Taken = old.Taken + 1 });
        return new(count.Taken <= permits, Math.Max(0, permits - count.Taken), count.Since + length - now);
    }

    static bool IsOver(Count count, DateTimeOffset now) => now - count.Since >= length;

    void Sweep(DateTimeOffset now)
    {
        if (now - lastSweep < length)
            return;
        lastSweep = now;
        foreach (var (who, count) in counts)
            if (IsOver(count, now))
                counts.TryRemove(KeyValuePair.Create(who, count));
    }

    /// <param name="Left">Permits after this one.</param>
    /// <param name="Reset">Until the window ends.</param>
    public readonly record struct Permit(bool IsGranted, int Left, TimeSpan Reset);

    sealed record Count(DateTimeOffset Since, int Taken);
}
