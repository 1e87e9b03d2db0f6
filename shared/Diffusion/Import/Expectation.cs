using RdmCloud.Diffusion.Checkpoints;
using TorchSharp;

namespace RdmCloud.Diffusion.Import;

/// <summary>The tensors that a network must be given, by name and shape.</summary>
sealed class Expectation
{
    readonly Dictionary<string, long[]> shapes;

    Expectation(Dictionary<string, long[]> shapes) => this.shapes = shapes;

    public IEnumerable<string> Names => shapes.Keys;

    /// <summary>Makes the network to ask it. Its weights are never touched, so that they take no memory.</summary>
    public static Expectation Of<T>(Func<T> create) where T : torch.nn.Module
    {
        using var network = create();
        return new(network.state_dict()
            .Where(pair => !pair.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key, pair => pair.Value.shape));
    }

    /// <summary>These tensors of a source, in the source's order; what else it holds is left out.</summary>
    /// <exception cref="CheckpointException">One is missing or has another shape.</exception>
    public ITensorSource In(ITensorSource source, string path)
    {
        foreach (var (name, shape) in shapes)
        {
            if (!source.Tensors.TryGetValue(name, out var info))
                throw new CheckpointException(path, $"the tensor {name} is missing");
            if (!info.Shape.SequenceEqual(shape))
                throw new CheckpointException(path, $"{info} should have the shape [{string.Join(", ", shape)}]");
        }
        return new RenamedTensors(source, source.Tensors.Keys.Where(shapes.ContainsKey).ToDictionary(name => name));
    }
}
