using RdmCloud.Diffusion.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>Tensors to and from safetensors files.</summary>
public static class TensorFile
{
    /// <summary>Writes a file that appears when it is complete.</summary>
    public static void Write(
        string path, IReadOnlyCollection<(string Name, Tensor Tensor)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        var byName = tensors.ToDictionary(pair => pair.Name, pair => pair.Tensor);
        SafetensorsWriter.Write(
            path,
            [.. tensors.Select(pair => new TensorInfo(pair.Name, TypeOf(pair.Tensor.dtype), [.. pair.Tensor.shape]))],
            (tensor, stream) =>
            {
                using var scope = NewDisposeScope();
                stream.Write(byName[tensor.Name].detach().cpu().contiguous().bytes);
            },
            metadata);
    }

    /// <summary>Writes a network's weights alone, by their names, in another type.</summary>
    public static void WriteWeights(string path, nn.Module network, ScalarType type)
    {
        using var scope = NewDisposeScope();
        Write(path, [.. network.state_dict().Select(pair => (pair.Key, pair.Value.detach().to(type)))]);
    }

    /// <summary>Fills a network from a file that <see cref="WriteWeights"/> wrote.</summary>
    /// <exception cref="CheckpointException">The file lacks one of the network's tensors.</exception>
    public static void ReadWeights(string path, nn.Module network)
    {
        using var noGradient = no_grad();
        using var file = SafetensorsFile.Open(path);
        foreach (var (name, weight) in network.state_dict())
        {
            using var value = file.Load(name);
            weight.copy_(value);
        }
    }

    static ElementType TypeOf(ScalarType type) => type switch
    {
        ScalarType.Byte => ElementType.UInt8,
        ScalarType.Int32 => ElementType.Int32,
        ScalarType.Int64 => ElementType.Int64,
        ScalarType.Float16 => ElementType.Float16,
        ScalarType.BFloat16 => ElementType.BFloat16,
        ScalarType.Float32 => ElementType.Float32,
        _ => throw new ArgumentException($"Tensors of type {type} are not written."),
    };
}
