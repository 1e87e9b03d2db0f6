using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>Many embeddings as one tensor.</summary>
static class Rows
{
    /// <summary>
    /// The embeddings at length one: (N, D). One copy, for thousands of small tensors may be collected before they are joined.
    /// </summary>
    public static Tensor Unit(IReadOnlyList<float[]> embeddings)
    {
        using var scope = NewDisposeScope();
        var rows = tensor(embeddings.SelectMany(embedding => embedding).ToArray()).view(embeddings.Count, -1);
        return nn.functional.normalize(rows, dim: 1).MoveToOuterDisposeScope();
    }
}
