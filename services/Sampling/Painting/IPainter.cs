using RdmCloud.Diffusion.Engine;
using RdmCloud.Diffusion.Models;

namespace RdmCloud.Sampling.Painting;

/// <summary>Draws with the models of this worker.</summary>
public interface IPainter
{
    /// <summary>By name.</summary>
    IReadOnlyDictionary<string, ModelDirectory> Models { get; }

    /// <summary>Completes when all models are warm; fails where one cannot be.</summary>
    Task Ready { get; }

    /// <summary>Fails when one of the models can draw no more.</summary>
    Task Completion { get; }

    /// <param name="model">One of <see cref="Models"/>.</param>
    /// <param name="progress">Must return at once.</param>
    /// <exception cref="ModelException">The request does not fit the model, or could not be drawn.</exception>
    Task<Drawing> DrawAsync(
        string model, DrawingRequest request, IProgress<DrawingProgress> progress, bool previews,
        CancellationToken cancellationToken);
}
