using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks.Networks;

/// <summary>
/// The network that is measured: 9 million parameters on latents of 16×16×8, looking at 10 neighbors and a query of 256 values.
/// </summary>
static class NineMillion
{
    public const int Side = 16, Tokens = 11;

    public static UNetConfig Config { get; } = new()
    {
        ImageSize = Side,
        InChannels = 8,
        OutChannels = 8,
        ModelChannels = 64,
        AttentionResolutions = [2, 1],
        NumResBlocks = 1,
        ChannelMult = [1, 2, 3],
        NumHeadChannels = 32,
        UseSpatialTransformer = true,
        ContextDim = 256,
    };

    /// <summary>Random weights, always the same, of a size that keeps activations near one.</summary>
    public static UNetModel Create()
    {
        using var inference = no_grad();
        using var generator = new Generator(1, CPU);
        var network = new UNetModel(Config);
        foreach (var weight in network.parameters().Where(weight => weight.dim() > 1))
        {
            var inputs = weight.numel() / weight.size(0);
            weight.normal_(0, 1 / Math.Sqrt(inputs), generator);
        }
        network.eval();
        return network;
    }

    /// <summary>Fresh latents (B, 8, 16, 16), timesteps (B) and contexts (B, 11, 256).</summary>
    public static (Tensor X, Tensor Timesteps, Tensor Context) Inputs(int batch, int side = Side) => (
        randn(batch, Config.InChannels, side, side),
        randint(0, 1000, [batch]),
        nn.functional.normalize(randn(batch, Tokens, Config.ContextDim), dim: -1) * 16);
}
