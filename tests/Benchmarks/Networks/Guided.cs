using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Sampling;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks.Networks;

/// <summary>Runs with guidance on the network that is measured.</summary>
static class Guided
{
    public const double Scale = 5;

    public static NoiseSchedule Schedule { get; } = new(1000, 0.0015, 0.0195);

    public static GuidedNetwork Network(UNetModel network, Tensor context, Sampler sampler, int steps) =>
        new(network, Schedule, Parameterization.Eps, [context], null, Scale, Samplers.Timesteps(sampler, Schedule, steps));
}
