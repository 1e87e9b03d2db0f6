using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Evaluation;

/// <summary>How far apart two sets of features (N, D) and (M, D) are.</summary>
public static class Distances
{
    /// <summary>
    /// Fréchet's distance of the two normal distributions: |μ₁ - μ₂|² + Tr(Σ₁ + Σ₂ - 2 (Σ₁ Σ₂)^½). With fewer features than
    /// dimensions it is biased upward; compare only figures of equally many.
    /// </summary>
    public static double Frechet(Tensor one, Tensor other)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (mean1, covariance1) = Moments(one);
        var (mean2, covariance2) = Moments(other);
        // (Σ₁ Σ₂)^½ has the trace of (Σ₁^½ Σ₂ Σ₁^½)^½, which is symmetric.
        var (values, vectors) = linalg.eigh(covariance1);
        var root = (vectors * values.clamp_min(0).sqrt()).matmul(vectors.t());
        var product = linalg.eigvalsh(root.matmul(covariance2).matmul(root)).clamp_min(0).sqrt().sum();
        return ((mean1 - mean2).square().sum() + covariance1.trace() + covariance2.trace() - 2 * product).item<double>();
    }

    /// <summary>
    /// The squared maximum mean discrepancy under the kernel (x·y / D + 1)³, without bias: it can be a little below zero.
    /// Bińkowski et al. 2018.
    /// </summary>
    public static double Kernel(Tensor one, Tensor other)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (x, y) = (one.to(ScalarType.Float64), other.to(ScalarType.Float64));
        return (WithoutSelf(Kernels(x, x)) + WithoutSelf(Kernels(y, y)) - 2 * Kernels(x, y).mean()).item<double>();
    }

    static (Tensor Mean, Tensor Covariance) Moments(Tensor features)
    {
        var x = features.to(ScalarType.Float64);
        var mean = x.mean([0]);
        var centered = x - mean;
        return (mean, centered.t().matmul(centered) / Math.Max(1, x.size(0) - 1));
    }

    static Tensor Kernels(Tensor x, Tensor y) => (x.matmul(y.t()) / x.size(1) + 1).pow(3);

    static Tensor WithoutSelf(Tensor kernels)
    {
        var count = kernels.size(0);
        return (kernels.sum() - kernels.trace()) / Math.Max(1, count * (count - 1));
    }
}
