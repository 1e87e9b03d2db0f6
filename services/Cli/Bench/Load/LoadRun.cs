using System.Collections.Concurrent;
using RdmCloud.Cli.Bench.Arrivals;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>
/// An open loop: each job is submitted at its time, however long the others take, and is timed from when it was meant to be
/// submitted.
/// So a gateway that stands still makes the jobs slow that would have come meanwhile, and not just the one that it let wait.
/// </summary>
/// <param name="draw">Submits a job and returns when it is over.</param>
/// <param name="patience">How long after the last arrival jobs may take.</param>
sealed class LoadRun(Func<Arrival, CancellationToken, Task<JobEnding>> draw, TimeSpan patience, TimeProvider time)
{
    readonly ConcurrentQueue<TimedJob> over = [];
    long start;

    /// <summary>All jobs that were submitted, in the order of their arrival; where it is canceled, those until then.</summary>
    public async Task<IReadOnlyList<TimedJob>> RunAsync(
        IReadOnlyList<Arrival> arrivals, Action<double, double> progress, CancellationToken cancellationToken)
    {
        start = time.GetTimestamp();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var submitted = new List<Task>();
        foreach (var arrival in arrivals)
        {
            var wait = TimeSpan.FromSeconds(arrival.At) - time.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                break;
            submitted.Add(Task.Run(() => DrawAsync(arrival, end.Token, cancellationToken), CancellationToken.None));
            progress(over.Count, arrivals.Count);
        }
        using var limit = time.CreateTimer(_ => end.Cancel(), null, patience, Timeout.InfiniteTimeSpan);
        while (submitted.Count > 0)
        {
            submitted.Remove(await Task.WhenAny(submitted));
            progress(over.Count, arrivals.Count);
        }
        return [.. over.OrderBy(job => job.Arrival.At)];
    }

    async Task DrawAsync(Arrival arrival, CancellationToken end, CancellationToken interruption)
    {
        JobEnding ending;
        try
        {
            ending = await draw(arrival, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            ending = JobEnding.Failed(interruption.IsCancellationRequested ? JobEnding.Interrupted : JobEnding.Unfinished);
        }
        over.Enqueue(new(arrival, time.GetElapsedTime(start).TotalSeconds - arrival.At, ending));
    }
}
