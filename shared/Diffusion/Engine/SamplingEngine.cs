using System.Threading.Channels;
using RdmCloud.Diffusion.Models;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Engine;

/// <summary>
/// Draws the pictures of many callers at once. One thread owns the model and every tensor; callers hand in requests and get
/// pictures. A picture is the one that <see cref="RdmModel.Draw"/> draws, whatever else is drawn beside it.
/// </summary>
public sealed class SamplingEngine : IAsyncDisposable
{
    readonly ModelDirectory directory;
    readonly EngineOptions options;
    readonly TimeProvider time;
    readonly Action<IReadOnlyList<Slot>>? beforeCall;
    readonly Channel<Job> queue;
    readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource halt;

    public SamplingEngine(ModelDirectory directory, EngineOptions? options = null, TimeProvider? time = null)
        : this(directory, options, time, null) { }

    internal SamplingEngine(
        ModelDirectory directory, EngineOptions? options, TimeProvider? time, Action<IReadOnlyList<Slot>>? beforeCall)
    {
        (this.directory, this.options, this.time, this.beforeCall) =
            (directory, options ?? new(), time ?? TimeProvider.System, beforeCall);
        queue = Channel.CreateBounded<Job>(this.options.QueueLength);
        halt = new(Timeout.InfiniteTimeSpan, this.time);
        new Thread(Run) { Name = "sampling engine", IsBackground = true }.Start();
    }

    /// <summary>Completes when the model is loaded and has made a small call; fails where it cannot be.</summary>
    public Task Ready => ready.Task;

    /// <summary>Completes when the engine has stopped; fails where it was not told to.</summary>
    public Task Completion => ended.Task;

    /// <summary>Jobs that the engine has taken but not begun.</summary>
    public int QueuedJobs => queue.Reader.Count;

    /// <summary>Draws the pictures of a request. Waits for room where the queue is full.</summary>
    /// <param name="progress">Told after every step, on the engine's thread: it must return at once.</param>
    /// <param name="previews">Whether <paramref name="progress"/> gets previews, which cost a decoder call each.</param>
    /// <exception cref="ModelException">The request does not fit the model, or could not be drawn.</exception>
    /// <exception cref="InvalidOperationException">The engine has failed and draws no more.</exception>
    /// <exception cref="OperationCanceledException">
    /// The caller canceled, or the engine stopped before the pictures were drawn.
    /// </exception>
    public async Task<Drawing> DrawAsync(
        DrawingRequest request, IProgress<DrawingProgress>? progress = null, bool previews = false,
        CancellationToken cancellationToken = default)
    {
        request.EnsureFits(directory.Manifest);
        var asked = time.GetTimestamp();
        var job = new Job(request, progress, previews);
        try
        {
            await queue.Writer.WriteAsync(job, cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            throw exception.InnerException is { } cause
                ? new InvalidOperationException($"The sampling engine does not run: {cause.Message}", cause)
                : new OperationCanceledException("The sampling engine stops and takes no new work.", exception);
        }
        await using var registration = cancellationToken.Register(() => job.Cancel(cancellationToken));
        var pictures = await job.Completion;
        return new(pictures, time.GetElapsedTime(asked, job.Begun!.Value), job.DeviceTime);
    }

    /// <summary>
    /// Takes no new work, hands back as canceled what has not begun, finishes what runs within the grace period, and hands back
    /// the rest. Completes when the engine's thread has let go of everything.
    /// </summary>
    public async Task StopAsync(TimeSpan grace)
    {
        queue.Writer.TryComplete();
        HandBackQueue();
        halt.CancelAfter(grace);
        await ended.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);

    void Run()
    {
        try
        {
            using var inference = inference_mode();
            using var model = new RdmModel(directory);
            WarmUp(model);
            ready.SetResult();
            using var denoiser = new Denoiser(model, options, time, beforeCall);
            try
            {
                Serve(denoiser);
            }
            finally
            {
                denoiser.HandBack();
            }
        }
        catch (Exception exception)
        {
            queue.Writer.TryComplete(exception);
            ready.TrySetException(exception);
            HandBackQueue();
            ended.SetException(exception);
            return;
        }
        HandBackQueue();
        ended.SetResult();
    }

    void Serve(Denoiser denoiser)
    {
        while (!halt.IsCancellationRequested)
        {
            denoiser.LetGo();
            while (denoiser.HasRoom && queue.Reader.TryRead(out var job))
                denoiser.Add(job);
            if (!denoiser.IsIdle)
                denoiser.Tick();
            else if (!queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult()) // the thread has nothing else to do
                return;
        }
    }

    void HandBackQueue()
    {
        while (queue.Reader.TryRead(out var job))
            job.HandBack();
    }

    /// <summary>
    /// The first call of a process is many times slower than later ones,
    /// and a model that cannot draw must show before work comes.
    /// </summary>
    static void WarmUp(RdmModel model)
    {
        var manifest = model.Directory.Manifest;
        var side = manifest.SizeMultiple;
        model.Draw(new()
        {
            Context = [new float[manifest.Network.Config.ContextDim]],
            Sampler = Sampling.Sampler.Ddim,
            Steps = 1,
            GuidanceScale = 2,
            Width = side,
            Height = side,
        });
    }
}
