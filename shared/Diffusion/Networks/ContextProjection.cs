using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

/// <summary>
/// Keys and values (B, heads, N, d) of each cross-attention, and which tokens count (B, 1, 1, N), or null for all.
/// </summary>
public sealed record ContextProjection(IReadOnlyList<(Tensor Keys, Tensor Values)> KeysAndValues, Tensor? Mask) : IDisposable
{
    public void Dispose()
    {
        foreach (var (keys, values) in KeysAndValues)
        {
            keys.Dispose();
            values.Dispose();
        }
        Mask?.Dispose();
    }

    /// <summary>Keeps the tensors alive beyond the present dispose scope.</summary>
    public ContextProjection MoveToOuterDisposeScope()
    {
        foreach (var (keys, values) in KeysAndValues)
        {
            keys.MoveToOuterDisposeScope();
            values.MoveToOuterDisposeScope();
        }
        Mask?.MoveToOuterDisposeScope();
        return this;
    }
}
