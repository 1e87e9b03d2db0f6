using Microsoft.Extensions.Time.Testing;

namespace RdmCloud.Embedding.Support;

/// <summary>A clock that stands still and tells when somebody begins to wait for it.</summary>
sealed class ObservedTime : FakeTimeProvider
{
    readonly TaskCompletionSource waitedFor = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task WaitedFor => waitedFor.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        waitedFor.TrySetResult();
        return timer;
    }
}
