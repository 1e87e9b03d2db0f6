using RdmCloud.Diffusion.Models;
using RdmCloud.Images;

namespace RdmCloud.Diffusion.Engine;

/// <summary>
/// A request and what becomes of it. It is over when its task is: drawn, failed, canceled or handed back, whichever came first;
/// the engine looks only at that.
/// </summary>
sealed class Job(DrawingRequest request, IProgress<DrawingProgress>? progress, bool previews)
{
    readonly TaskCompletionSource<IReadOnlyList<RgbImage>> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly RgbImage[] pictures = new RgbImage[request.Pictures];
    int drawn;
    int stepsMade;

    public DrawingRequest Request => request;

    public Task<IReadOnlyList<RgbImage>> Completion => completion.Task;

    public bool IsOver => Completion.IsCompleted;

    /// <summary>When the first of its pictures came in, as the clock's timestamp.</summary>
    public long? Begun { get; private set; }

    public TimeSpan DeviceTime { get; private set; }

    public bool WantsPreviews => previews && progress is not null;

    public void Fail(Exception exception) => completion.TrySetException(exception);

    public void Cancel(CancellationToken cancellationToken) => completion.TrySetCanceled(cancellationToken);

    /// <summary>Gives the job up undrawn: it may be drawn elsewhere.</summary>
    public void HandBack() => completion.TrySetCanceled();

    public void Begin(long timestamp) => Begun ??= timestamp;

    public void Charge(TimeSpan time) => DeviceTime += time;

    public void Add(int picture, RgbImage image)
    {
        pictures[picture] = image;
        if (++drawn == pictures.Length)
            completion.TrySetResult(pictures);
    }

    /// <summary>One of the pictures has made a step.</summary>
    public void StepMade()
    {
        if (++stepsMade % pictures.Length == 0)
            Report(null);
    }

    public void Report(DrawingPreview? preview)
    {
        if (IsOver)
            return;
        try
        {
            progress?.Report(new(stepsMade / pictures.Length, request.Steps, preview));
        }
        catch (Exception exception)
        {
            Fail(exception); // the caller's own code, which must not harm other jobs
        }
    }
}
