using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

/// <summary>Contexts of different lengths as one tensor.</summary>
public static class ContextBatch
{
    /// <summary>
    /// Contexts (N_i, D) → tokens (B, N, D), N the longest, and the mask (B, N) of those that count; null where all have N.
    /// </summary>
    public static (Tensor Tokens, Tensor? Mask) Pad(IReadOnlyList<Tensor> contexts)
    {
        using var scope = NewDisposeScope();
        var longest = contexts.Max(context => context.size(0));
        var tokens = stack(contexts.Select(context => nn.functional.pad(context, [0, 0, 0, longest - context.size(0)])));
        if (contexts.All(context => context.size(0) == longest))
            return (tokens.MoveToOuterDisposeScope(), null);
        var lengths = tensor(contexts.Select(context => context.size(0)).ToArray(), device: tokens.device);
        var mask = arange(longest, device: tokens.device).unsqueeze(0).lt(lengths.unsqueeze(1)); // (B, N)
        return (tokens.MoveToOuterDisposeScope(), mask.MoveToOuterDisposeScope());
    }
}
