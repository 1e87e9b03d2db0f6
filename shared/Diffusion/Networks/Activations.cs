using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

/// <summary>The two activations of CLIP's transformers, by the names that Hugging Face's configurations use.</summary>
static class Activations
{
    public const string QuickGelu = "quick_gelu";
    public const string Gelu = "gelu";

    /// <exception cref="ArgumentException">The name is neither of the two.</exception>
    public static nn.Module<Tensor, Tensor> Named(string name) => name switch
    {
        QuickGelu => new QuickGeluModule(),
        Gelu => nn.GELU(),
        _ => throw new ArgumentException($"The activation '{name}' is not known; known are {QuickGelu} and {Gelu}."),
    };

    /// <summary>x · σ(1.702 x).</summary>
    sealed class QuickGeluModule() : nn.Module<Tensor, Tensor>(nameof(QuickGelu))
    {
        public override Tensor forward(Tensor x)
        {
            using var scaled = x.Times(1.702);
            using var gate = scaled.sigmoid();
            return gate.mul(x);
        }
    }
}
