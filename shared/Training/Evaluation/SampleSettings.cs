using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Sampling;

namespace RdmCloud.Training.Evaluation;

/// <summary>How the samples of an evaluation are drawn.</summary>
/// <param name="Samples">Of each style and approach.</param>
/// <param name="Seed">Sample i of every style and approach is drawn from the noise of seed + i.</param>
public sealed record SampleSettings(int Samples, uint Seed, int K, int Steps, double GuidanceScale, Sampler Sampler)
{
    public static SampleSettings Of(ModelManifest model, int samples, uint seed) =>
        new(samples, seed, model.Defaults.K, model.Defaults.Steps, model.Defaults.GuidanceScale, model.Defaults.Sampler);
}
