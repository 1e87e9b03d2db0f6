namespace RdmCloud.ServiceDefaults.Stages;

/// <summary>A job while a stage works on it.</summary>
public sealed class HeldJob : IDisposable
{
    readonly Action<HeldJob> letGo;
    readonly CancellationTokenSource over;
    readonly CancellationTokenSource linked;

    internal HeldJob(string job, TimeSpan left, TimeProvider time, CancellationToken stopping, Action<HeldJob> letGo)
    {
        Job = job;
        this.letGo = letGo;
        over = new(left, time);
        linked = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stopping);
    }

    public string Job { get; }

    /// <summary>Canceled with the job, at its deadline, or when this process stops.</summary>
    public CancellationToken Token => linked.Token;

    /// <summary>The job is canceled or past its deadline: nobody waits for what becomes of it.</summary>
    public bool IsOver => over.IsCancellationRequested;

    internal void Cancel()
    {
        try
        {
            over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was let go in this very moment.
        }
    }

    public void Dispose()
    {
        letGo(this);
        linked.Dispose();
        over.Dispose();
    }
}
