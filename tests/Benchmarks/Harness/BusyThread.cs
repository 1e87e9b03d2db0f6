namespace RdmCloud.Benchmarks.Harness;

/// <summary>Keeps one core busy until it is disposed.</summary>
sealed class BusyThread : IDisposable
{
    readonly Thread thread;
    volatile bool done;

    public BusyThread()
    {
        thread = new(() =>
        {
            while (!done)
                Thread.SpinWait(1000);
        });
        thread.Start();
    }

    public void Dispose()
    {
        done = true;
        thread.Join();
    }
}
