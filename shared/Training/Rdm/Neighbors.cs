using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Rdm;

/// <summary>Finds the nearest neighbors of all examples of a group within the group.</summary>
public static class Neighbors
{
    /// <summary>Neighbors that are kept of each example.</summary>
    public const int Count = 20;

    const int Rows = 2048;

    /// <param name="embeddings">(N, D) of length one.</param>
    /// <param name="group">Examples, more than <see cref="Count"/>; one is never its own neighbor.</param>
    /// <param name="table">(N, <see cref="Count"/>): the group's rows are filled, nearest first.</param>
    public static void Find(Tensor embeddings, int[] group, int[,] table)
    {
        if (group.Length <= Count)
            throw new TrainingException(
                $"A style has {group.Length} pictures; {Count + 1} are needed, so that each has {Count} neighbors. "
                + "Add pictures or leave the style out.");
        using var scope = NewDisposeScope();
        var members = embeddings.index_select(0, tensor(group));
        for (var first = 0; first < group.Length; first += Rows)
        {
            using var part = NewDisposeScope();
            var count = Math.Min(Rows, group.Length - first);
            var cosines = members.narrow(0, first, count).matmul(members.t()); // (rows, group)
            cosines.diagonal(first).fill_(float.NegativeInfinity);
            var nearest = cosines.topk(Count, 1).indexes.to(ScalarType.Int64).data<long>().ToArray();
            for (var row = 0; row < count; row++)
                for (var i = 0; i < Count; i++)
                    table[group[first + row], i] = group[nearest[row * Count + i]];
        }
    }
}
