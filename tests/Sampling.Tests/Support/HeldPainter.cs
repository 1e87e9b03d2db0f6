using RdmCloud.Diffusion.Engine;
using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using RdmCloud.Sampling.Painting;

namespace RdmCloud.Sampling.Support;

/// <summary>Draws black pictures, but nothing before it may.</summary>
sealed class HeldPainter(ModelDirectory model) : IPainter
{
    readonly SemaphoreSlim may = new(0);
    readonly TaskCompletionSource failed = new();

    public IReadOnlyDictionary<string, ModelDirectory> Models { get; } =
        new Dictionary<string, ModelDirectory> { [model.Manifest.Name] = model };

    public Task Ready { get; init; } = Task.CompletedTask;

    public Task Completion => failed.Task;

    /// <summary>Seeds of what it was asked for.</summary>
    public Messages Asked { get; } = new();

    public void Release(int drawings) => may.Release(drawings);

    public void Fail(Exception exception) => failed.SetException(exception);

    public async Task<Drawing> DrawAsync(
        string model, DrawingRequest request, IProgress<DrawingProgress> progress, bool previews,
        CancellationToken cancellationToken)
    {
        Asked.Add(request.Seed);
        await may.WaitAsync(cancellationToken);
        return new([new RgbImage(request.Width, request.Height)], TimeSpan.Zero, TimeSpan.Zero);
    }
}
