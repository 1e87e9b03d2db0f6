using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), with torch's constants. torch's own keeps its moments to
/// itself; here they are tensors that a checkpoint can hold beside the weights.
/// </summary>
public sealed class AdamW(IReadOnlyDictionary<string, Parameter> parameters, double weightDecay)
{
    const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    /// <summary>The running means of the gradients and of their squares, by the parameters' names.</summary>
    public IReadOnlyDictionary<string, (Tensor Mean, Tensor Square)> Moments { get; } = parameters.ToDictionary(
        pair => pair.Key,
        pair => (zeros_like(pair.Value).DetachFromDisposeScope(), zeros_like(pair.Value).DetachFromDisposeScope()));

    /// <param name="step">Which update this is, from 1.</param>
    public void Step(long step, double learningRate)
    {
        using var noGradient = no_grad();
        var size = learningRate / (1 - Math.Pow(Beta1, step));
        var root = Math.Sqrt(1 - Math.Pow(Beta2, step));
        foreach (var (name, weight) in parameters)
        {
            using var scope = NewDisposeScope();
            if (weight.grad is not { } gradient)
                continue;
            var (mean, square) = Moments[name];
            mean.lerp_(gradient, 1 - Beta1);
            square.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
            weight.mul_(1 - learningRate * weightDecay).addcdiv_(mean, square.sqrt().div_(root).add_(Epsilon), -size);
        }
    }
}
