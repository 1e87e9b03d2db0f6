using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

/// <summary>
/// Noise that depends on a picture's own seed alone, so that it is drawn the same by itself and in any batch, on any device.
/// Picture i of a job with seed s has the seed s + i.
/// </summary>
public sealed class PictureNoise : IDisposable
{
    readonly Generator[] generators;
    readonly long[] shape;

    /// <param name="shape">(C, H, W) of one picture's latents.</param>
    public PictureNoise(ulong seed, int pictures, ReadOnlySpan<long> shape)
    {
        generators = [.. Enumerable.Range(0, pictures).Select(i => new Generator(unchecked(seed + (ulong)i), CPU))];
        this.shape = [1, .. shape];
    }

    /// <summary>The next standard normal noise (B, C, H, W), float32 on the CPU.</summary>
    public Tensor Next()
    {
        using var scope = NewDisposeScope();
        return cat([.. generators.Select(generator => randn(shape, generator: generator))], 0).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var generator in generators)
            generator.Dispose();
    }
}
