using Microsoft.Extensions.Options;
using RdmCloud.Embedding.Queries;
using RdmCloud.Images;
using static TorchSharp.torch;

namespace RdmCloud.Embedding.Clips;

/// <summary>
/// The one thread that uses the models. Texts go first, as many at once as wait: those that came while the last call ran, and
/// those that still come within the batch window where there is more than one. Pictures are embedded in the gaps.
/// </summary>
sealed class ClipThread : IHostedService
{
    const int MostTextsWaiting = 1024, MostPicturesWaiting = 4;

    readonly KnownClips clips;
    readonly ClipMeter meter;
    readonly EmbeddingOptions options;
    readonly TimeProvider time;
    readonly ILogger logger;
    readonly AutoResetEvent wake = new(false);
    readonly CancellationTokenSource stop = new();
    readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ClipQueue<string, (float[] Embedding, bool Truncated)> texts;
    readonly ClipQueue<IReadOnlyList<RgbImage>, float[][]> pictures;
    bool isStarted;

    public ClipThread(
        KnownClips clips, ClipMeter meter, IOptions<EmbeddingOptions> options, TimeProvider time, ILogger<ClipThread> logger)
    {
        (this.clips, this.meter, this.options, this.time, this.logger) = (clips, meter, options.Value, time, logger);
        (texts, pictures) = (new(MostTextsWaiting, wake), new(MostPicturesWaiting, wake));
    }

    /// <summary>Completes when every model has been read and has made a small call; fails where one cannot.</summary>
    public Task Ready => ready.Task;

    public Task<(float[] Embedding, bool Truncated)> EmbedTextAsync(
        IClip clip, string text, CancellationToken cancellationToken) =>
        texts.RunAsync(clip, text, cancellationToken);

    /// <summary>Pictures that are embedded in one call.</summary>
    public Task<float[][]> EmbedPicturesAsync(IClip clip, IReadOnlyList<RgbImage> batch, CancellationToken cancellationToken) =>
        pictures.RunAsync(clip, batch, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        isStarted = true;
        new Thread(Run) { Name = "embedding", IsBackground = true }.Start();
        return Task.CompletedTask;
    }

    /// <summary>Hands back what waits, and ends when the running call has ended.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        if (isStarted)
            await ended.Task.WaitAsync(cancellationToken);
    }

    void Run()
    {
        Exception? failure = null;
        try
        {
            set_num_threads(options.Threads);
            WarmUp();
            ready.SetResult();
            Serve();
        }
        catch (Exception exception)
        {
            logger.LogCritical(exception, "Nothing can be embedded: a model does not work");
            failure = exception;
            ready.TrySetException(exception);
        }
        finally
        {
            texts.Close(failure);
            pictures.Close(failure);
            foreach (var clip in clips.All)
                clip.Dispose();
            ended.SetResult();
        }
    }

    /// <summary>
    /// A process's first call is many times slower than later ones, and a model that cannot embed must show early.
    /// </summary>
    void WarmUp()
    {
        foreach (var clip in clips.All)
        {
            if (clip.ReadsTexts)
                clip.EmbedTexts(["a picture"]);
            if (clip.ReadsPictures)
                clip.EmbedPictures([new RgbImage(64, 64)]);
        }
    }

    void Serve()
    {
        while (!stop.IsCancellationRequested)
            if (texts.TryTake(out var text))
                EmbedTexts(text);
            else if (pictures.TryTake(out var batch))
                EmbedPictures(batch);
            else
                WaitHandle.WaitAny([wake, stop.Token.WaitHandle]);
    }

    void EmbedTexts(ClipWork<string, (float[], bool)> first)
    {
        var batch = new TextBatch(first, options.MaxBatch);
        batch.Fill(texts);
        if (batch.Count > 1)
        {
            using var window = new CancellationTokenSource(options.BatchWindow, time);
            while (!batch.IsFull && WaitHandle.WaitAny([stop.Token.WaitHandle, window.Token.WaitHandle, wake]) == 2)
                batch.Fill(texts);
        }
        meter.Measure(QueryKind.Text, batch.Count, batch.Embed);
    }

    void EmbedPictures(ClipWork<IReadOnlyList<RgbImage>, float[][]> batch)
    {
        try
        {
            meter.Measure(QueryKind.Picture, batch.Input.Count, () => batch.Complete(batch.Clip.EmbedPictures(batch.Input)));
        }
        catch (Exception exception)
        {
            batch.Fail(exception);
        }
    }
}
