using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace RdmCloud.Embedding.Clips;

/// <summary>Work on its way to the thread; a full queue makes its callers wait.</summary>
/// <param name="wake">Set after each piece of work that comes in.</param>
sealed class ClipQueue<TInput, TAnswer>(int length, AutoResetEvent wake)
{
    readonly Channel<ClipWork<TInput, TAnswer>> queue = Channel.CreateBounded<ClipWork<TInput, TAnswer>>(length);

    /// <exception cref="OperationCanceledException">The caller canceled, or this process stops.</exception>
    public async Task<TAnswer> RunAsync(IClip clip, TInput input, CancellationToken cancellationToken)
    {
        var work = new ClipWork<TInput, TAnswer>(clip, input);
        try
        {
            await queue.Writer.WriteAsync(work, cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException is { } cause
                ? new InvalidOperationException($"Nothing can be embedded: {cause.Message}", cause)
                : new OperationCanceledException("The service stops and takes no new work.", closed);
        }
        await using var registration = cancellationToken.Register(() => work.Cancel(cancellationToken));
        wake.Set();
        return await work.Answer;
    }

    /// <summary>The next piece of work that somebody still waits for.</summary>
    public bool TryTake([NotNullWhen(true)] out ClipWork<TInput, TAnswer>? work)
    {
        while (queue.Reader.TryRead(out work))
            if (!work.IsOver)
                return true;
        return false;
    }

    public void Close(Exception? cause)
    {
        queue.Writer.TryComplete(cause);
        while (TryTake(out var work))
            if (cause is null)
                work.Cancel();
            else
                work.Fail(cause);
    }
}
