using System.Threading.Channels;

namespace RdmCloud.Sampling.Lanes;

/// <summary>
/// Hands values on, never two within an interval, and the last one always. Whoever gives them never waits: the newest take the
/// place of older ones.
/// </summary>
/// <remarks>What cannot be handed on, or not in time, is logged and forgotten: it must not cost or hold up a drawing.</remarks>
sealed class LatestOnly<T> : IAsyncDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    readonly Channel<T> waiting;
    readonly CancellationTokenSource ending = new();
    readonly Task handingOn;

    /// <param name="kept">Values that wait at the most.</param>
    public LatestOnly(int kept, TimeSpan interval, TimeProvider time, ILogger logger, Func<T, Task> handOn)
    {
        waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(kept) { FullMode = BoundedChannelFullMode.DropOldest });
        handingOn = HandOnAsync(interval, time, logger, handOn);
    }

    public void Give(T value) => waiting.Writer.TryWrite(value);

    /// <summary>Hands on what waits, at once.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.Complete();
        await ending.CancelAsync();
        await handingOn;
        ending.Dispose();
    }

    async Task HandOnAsync(TimeSpan interval, TimeProvider time, ILogger logger, Func<T, Task> handOn)
    {
        while (await waiting.Reader.WaitToReadAsync())
        {
            await Task.Delay(interval, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (waiting.Reader.TryRead(out var value))
                try
                {
                    await handOn(value).WaitAsync(patience, time);
                }
                catch (Exception exception)
                {
                    logger.LogWarning(exception, "{Value} could not be handed on", typeof(T).Name);
                }
        }
    }
}
