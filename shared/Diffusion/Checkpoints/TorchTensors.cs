using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>The bridge between stored tensors and torch's.</summary>
public static class TorchTensors
{
    public static ScalarType ToTorch(this ElementType type) => type switch
    {
        ElementType.Float64 => ScalarType.Float64,
        ElementType.Float32 => ScalarType.Float32,
        ElementType.Float16 => ScalarType.Float16,
        ElementType.BFloat16 => ScalarType.BFloat16,
        ElementType.Int64 => ScalarType.Int64,
        ElementType.Int32 => ScalarType.Int32,
        ElementType.Int16 => ScalarType.Int16,
        ElementType.Int8 => ScalarType.Int8,
        ElementType.UInt8 => ScalarType.Byte,
        ElementType.Bool => ScalarType.Bool,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>Reads one tensor, in the type it is stored in.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public static Tensor Load(this ITensorSource source, string name)
    {
        if (!source.Tensors.TryGetValue(name, out var info))
            throw new CheckpointException(name, "there is no tensor of this name");
        var loaded = empty([.. info.Shape], info.Type.ToTorch());
        source.Read(name, loaded.bytes);
        return loaded;
    }

    /// <summary>
    /// Fills a network with a file's tensors, each converted to the network's type. The file must hold exactly the network's
    /// tensors; batch norms' counters, which inference does not read, may be there or not.
    /// </summary>
    /// <param name="path">The file's path, for messages.</param>
    /// <exception cref="CheckpointException">
    /// A tensor is missing, unexpected, of another shape, or holds a number that is not finite; the message names it.
    /// </exception>
    public static void LoadFrom(this nn.Module module, ITensorSource source, string path)
    {
        var state = module.state_dict().Where(pair => !IsCounter(pair.Key)).ToDictionary();
        var missing = state.Keys.Where(name => !source.Tensors.ContainsKey(name)).ToList();
        var unexpected = source.Tensors.Keys.Where(name => !state.ContainsKey(name) && !IsCounter(name)).ToList();
        if (missing.Count > 0)
            throw new CheckpointException(path, $"{missing.Count} of {state.Count} tensors are missing, among them {missing[0]}");
        if (unexpected.Count > 0)
            throw new CheckpointException(
                path, $"{unexpected.Count} tensors are not part of the network, among them {unexpected[0]}");
        using var gradless = no_grad();
        foreach (var (name, target) in state)
        {
            var info = source.Tensors[name];
            if (!target.shape.SequenceEqual(info.Shape))
                throw new CheckpointException(path, $"{info} should have the shape [{string.Join(", ", target.shape)}]");
            using var stored = source.Load(name);
            using var sum = stored.sum(ScalarType.Float64);
            if (!double.IsFinite(sum.item<double>()))
                throw new CheckpointException(path, $"{name} holds numbers that are not finite (NaN or infinity)");
            target.copy_(stored);
        }
    }

    static bool IsCounter(string name) => name.EndsWith("num_batches_tracked", StringComparison.Ordinal);
}
