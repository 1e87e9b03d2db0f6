using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Sampling;
using RdmCloud.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Evaluation;

/// <summary>Draws many pictures, each from its own context.</summary>
/// <param name="drawn">Told how many pictures were drawn since the last call.</param>
public sealed class SamplePainter(RdmModel model, SampleSettings settings, Action<int> drawn, CancellationToken cancellationToken)
{
    const int MostInBatch = 8;

    /// <param name="contexts">
    /// The embeddings that each picture is drawn from; picture i is drawn from the noise of seed + i.
    /// </param>
    public IReadOnlyList<RgbImage> Draw(IReadOnlyList<IReadOnlyList<ReadOnlyMemory<float>>> contexts) =>
        [.. contexts.Index().Chunk(MostInBatch).SelectMany(batch =>
            DrawBatch(settings.Seed + (ulong)batch[0].Index, [.. batch.Select(one => one.Item)]))];

    IReadOnlyList<RgbImage> DrawBatch(ulong seed, IReadOnlyList<IReadOnlyList<ReadOnlyMemory<float>>> contexts)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var manifest = model.Directory.Manifest;
        var factor = manifest.Autoencoder.Config.Factor;
        using var noise = new PictureNoise(
            seed, contexts.Count,
            [manifest.Network.Config.InChannels, manifest.Defaults.Height / factor, manifest.Defaults.Width / factor]);
        var timesteps = Samplers.Timesteps(settings.Sampler, model.Schedule, settings.Steps);
        using var guided = new GuidedNetwork(
            model.Network, model.Schedule, manifest.Parameterization,
            [.. contexts.Select(model.Context)], null, settings.GuidanceScale, timesteps);
        var latents = Samplers.Run(settings.Sampler, guided.Predict, noise.Next(), model.Schedule, settings.Steps);
        var pictures = model.Decode(latents);
        drawn(contexts.Count);
        return pictures;
    }
}
