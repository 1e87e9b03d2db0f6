namespace RdmCloud.Webhooks.Deliveries;

/// <summary>Wakes the worker of this process; others find what there is when they next look.</summary>
sealed class DeliverySignal
{
    TaskCompletionSource set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set() => Volatile.Read(ref set).TrySetResult();

    /// <summary>Ends when something was recorded since the last call, or after a while.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await Volatile.Read(ref set).Task.WaitAsync(atMost, time, cancellationToken);
            Volatile.Write(ref set, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        catch (TimeoutException)
        {
            // Time to look anyway.
        }
    }
}
