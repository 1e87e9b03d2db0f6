using RdmCloud.Contracts.Generations;
using RdmCloud.Diffusion.Sampling;

namespace RdmCloud.Sampling.Painting;

/// <summary>Samplers as messages name them and as the engine does.</summary>
static class SamplerKinds
{
    public static Sampler ToSampler(this SamplerKind kind) => kind switch
    {
        SamplerKind.Ddim => Sampler.Ddim,
        SamplerKind.Plms => Sampler.Plms,
        SamplerKind.DpmSolver => Sampler.DpmPlusPlus2M,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static SamplerKind ToKind(this Sampler sampler) =>
        Enum.GetValues<SamplerKind>().Single(kind => kind.ToSampler() == sampler);
}
