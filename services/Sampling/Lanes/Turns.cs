using System.Collections.Concurrent;

namespace RdmCloud.Sampling.Lanes;

/// <summary>A job that is there twice is drawn once: whoever comes second waits, and finds the first one's pictures.</summary>
sealed class Turns
{
    readonly ConcurrentDictionary<string, Task> taken = [];

    /// <summary>Waits until nobody draws the job. The turn lasts until it is disposed of.</summary>
    public async Task<IDisposable> TakeAsync(string job, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (taken.GetOrAdd(job, over.Task) is var other && other != over.Task)
            await other.WaitAsync(cancellationToken);
        return new Turn(() =>
        {
            taken.TryRemove(job, out _);
            over.SetResult();
        });
    }

    sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
