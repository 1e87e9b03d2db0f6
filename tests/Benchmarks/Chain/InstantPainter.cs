using RdmCloud.Diffusion.Engine;
using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using RdmCloud.Sampling.Painting;

namespace RdmCloud.Benchmarks.Chain;

/// <summary>Draws black pictures in no time, so that what is left is the chain's own.</summary>
sealed class InstantPainter(ModelDirectory model) : IPainter
{
    public IReadOnlyDictionary<string, ModelDirectory> Models { get; } =
        new Dictionary<string, ModelDirectory> { [model.Manifest.Name] = model };

    public Task Ready => Task.CompletedTask;

    public Task Completion { get; } = new TaskCompletionSource().Task;

    public Task<Drawing> DrawAsync(
        string model, DrawingRequest request, IProgress<DrawingProgress> progress, bool previews,
        CancellationToken cancellationToken) =>
        Task.FromResult(new Drawing([new RgbImage(request.Width, request.Height)], TimeSpan.Zero, TimeSpan.Zero));
}
