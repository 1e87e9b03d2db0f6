using RdmCloud.Diffusion.Sampling;

namespace RdmCloud.Cli.Generate;

static class SamplerNames
{
    public static readonly IReadOnlyDictionary<string, Sampler> All = new Dictionary<string, Sampler>
    {
        ["ddim"] = Sampler.Ddim,
        ["plms"] = Sampler.Plms,
        ["dpmpp-2m"] = Sampler.DpmPlusPlus2M,
    };

    public static string Of(Sampler sampler) => All.First(pair => pair.Value == sampler).Key;
}
