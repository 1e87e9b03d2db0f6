using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

/// <summary>Sinusoids of the timestep, as in Ho et al. 2020: [cos(t f) | sin(t f)], f_i = 10000^(-i / half).</summary>
public static class TimestepEmbedding
{
    /// <summary>(T) timesteps → (T, width) in float32; an odd width ends with a zero.</summary>
    public static Tensor Sinusoid(Tensor timesteps, int width)
    {
        using var scope = NewDisposeScope();
        var half = width / 2;
        var exponents = arange(0, half, dtype: ScalarType.Float32, device: timesteps.device).Times(-Math.Log(10000) / half);
        var angles = timesteps.to(ScalarType.Float32).unsqueeze(1) * exponents.exp().unsqueeze(0); // (T, half)
        var embedding = cat([angles.cos(), angles.sin()], -1);
        return (width % 2 == 0 ? embedding : nn.functional.pad(embedding, [0, 1])).MoveToOuterDisposeScope();
    }
}
