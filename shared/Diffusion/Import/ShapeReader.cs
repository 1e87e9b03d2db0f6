using System.Collections.Immutable;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Models;

namespace RdmCloud.Diffusion.Import;

/// <summary>Reads a network's configuration off the shapes of its tensors.</summary>
sealed class ShapeReader(ITensorSource source)
{
    public bool Has(string name) => source.Tensors.ContainsKey(name);

    public bool HasUnder(string prefix) => source.Tensors.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <exception cref="ModelException">There is no such tensor, or it has fewer dimensions.</exception>
    public int Size(string name, int dimension)
    {
        if (!source.Tensors.TryGetValue(name, out var info))
            throw new ModelException($"The tensor {name} is missing: this is not the network that was expected.");
        return info.Shape.Length > dimension
            ? checked((int)info.Shape[dimension])
            : throw new ModelException($"{info} has fewer dimensions than expected.");
    }

    /// <summary>How many of prefix + 0, 1, 2 … hold a tensor.</summary>
    public int Count(string prefix)
    {
        var count = 0;
        while (HasUnder($"{prefix}{count}."))
            count++;
        return count;
    }

    public ImmutableArray<int> Counts(IEnumerable<string> prefixes) => [.. prefixes.Select(Count)];
}
