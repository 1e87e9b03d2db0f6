using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>
/// Momentum whose update is made orthogonal: every direction of a weight matrix moves equally far. Convolutions count as
/// matrices of outputs × all inputs. References: Jordan et al. 2024, Muon; Liu et al. 2025, for the size of the step.
/// </summary>
/// <param name="matrices">Parameters of two dimensions or more, by name.</param>
/// <param name="computeType">The type of the matrix products: bfloat16 is enough where the processor is fast in it.</param>
public sealed class Muon(IReadOnlyDictionary<string, Parameter> matrices, double weightDecay, ScalarType computeType)
{
    const double Momentum = 0.95;

    // An orthogonal matrix has entries of 1 / √max(rows, columns); AdamW's updates are about 0.2 large.
    const double AdamWScale = 0.2;
    const double StepScale = 1.7;

    /// <summary>The running means of the gradients, by the parameters' names.</summary>
    public IReadOnlyDictionary<string, Tensor> Momenta { get; } =
        matrices.ToDictionary(pair => pair.Key, pair => zeros_like(pair.Value).DetachFromDisposeScope());

    public void Step(double learningRate)
    {
        using var noGradient = no_grad();
        foreach (var (name, weight) in matrices)
        {
            using var scope = NewDisposeScope();
            if (weight.grad is not { } gradient)
                continue;
            var momentum = Momenta[name].mul_(Momentum).add_(gradient);
            var direction = Orthogonalize(gradient.add(momentum, Momentum).flatten(1), computeType); // Nesterov's look ahead
            var size = StepScale * learningRate * AdamWScale * Math.Sqrt(Math.Max(direction.size(0), direction.size(1)));
            weight.mul_(1 - learningRate * weightDecay).add_(direction.view_as(weight).to(weight.dtype), -size);
        }
    }

    /// <summary>
    /// The nearest orthogonal matrix, U Vᵀ of the singular value decomposition, roughly (singular values 0.7 … 1.2): five
    /// Newton-Schulz steps X ← a X + (b A + c A²) X with A = X Xᵀ.
    /// </summary>
    public static Tensor Orthogonalize(Tensor matrix, ScalarType computeType)
    {
        const double a = 3.4445, b = -4.7750, c = 2.0315;
        using var scope = NewDisposeScope();
        var tall = matrix.size(0) > matrix.size(1);
        var x = (matrix / (matrix.norm() + 1e-7)).to(computeType);
        if (tall)
            x = x.t();
        for (var i = 0; i < 5; i++)
        {
            var square = x.matmul(x.t());
            var polynomial = square.mul(b).add(square.matmul(square), c);
            x = polynomial.matmul(x).add(x, a);
        }
        return (tall ? x.t() : x).contiguous().MoveToOuterDisposeScope();
    }
}
