using RdmCloud.Contracts.Models;
using RdmCloud.Diffusion.Models;
using RdmCloud.Sampling.Painting;

namespace RdmCloud.Sampling.Workers;

static class ModelDescriptions
{
    /// <summary>What clients must know of a model that a worker with these options draws with.</summary>
    public static ModelDescription Describe(this ModelDirectory model, SamplingOptions options)
    {
        var manifest = model.Manifest;
        var defaults = manifest.Defaults;
        return new(
            manifest.Name,
            model.Hash,
            manifest.EmbeddingSpace ?? "", // without an image tower no database can be made for it
            manifest.Network.Config.ContextDim,
            manifest.SizeMultiple,
            options.MaxSide,
            Math.Min(options.MaxSteps, manifest.Schedule.Timesteps),
            new(defaults.Sampler.ToKind(), defaults.Steps, defaults.GuidanceScale, defaults.K, defaults.Width, defaults.Height,
                model.DefaultDatabase));
    }
}
