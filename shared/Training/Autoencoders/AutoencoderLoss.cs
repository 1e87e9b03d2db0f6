using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Autoencoders;

/// <summary>L1 + ½ L2 + ½ L1 of the image gradients + 4e-4 KL, each a mean over all its elements.</summary>
public static class AutoencoderLoss
{
    const double SquareWeight = 0.5, GradientWeight = 0.5, DivergenceWeight = 4e-4;

    /// <param name="images">(B, 3, H, W) in [-1, 1].</param>
    /// <param name="reconstruction">Of the same shape.</param>
    /// <param name="moments">(B, 2C, h, w): mean and logarithm of the variance.</param>
    public static Tensor Of(Tensor images, Tensor reconstruction, Tensor moments)
    {
        using var scope = NewDisposeScope();
        var difference = reconstruction.to(ScalarType.Float32) - images;
        var parts = moments.to(ScalarType.Float32).chunk(2, 1);
        return (difference.abs().mean()
            + SquareWeight * difference.square().mean()
            + GradientWeight * (Slope(difference, 2).abs().mean() + Slope(difference, 3).abs().mean())
            + DivergenceWeight * Divergence(parts[0], parts[1].clamp(-30, 20))).MoveToOuterDisposeScope();
    }

    // From one row or column to the next.
    static Tensor Slope(Tensor images, int dimension) => images.diff(dim: dimension);

    /// <summary>KL(N(μ, σ²) ‖ N(0, 1)) = ½ (μ² + σ² - 1 - log σ²).</summary>
    static Tensor Divergence(Tensor mean, Tensor logVariance) =>
        0.5 * (mean.square() + logVariance.exp() - 1 - logVariance).mean();
}
