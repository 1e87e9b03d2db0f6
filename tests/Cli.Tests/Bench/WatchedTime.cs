using Microsoft.Extensions.Time.Testing;

namespace RdmCloud.Cli.Bench;

/// <summary>A clock that a test moves on, each time after somebody has begun to wait.</summary>
sealed class WatchedTime : FakeTimeProvider
{
    readonly SemaphoreSlim timers = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        timers.Release();
        return timer;
    }

    public async Task AdvanceAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        await timers.WaitAsync(cancellationToken);
        Advance(time);
    }
}
