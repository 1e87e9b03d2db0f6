namespace RdmCloud.Diffusion.Checkpoints;

public static class TensorSourceExtensions
{
    /// <summary>Reads a whole tensor, row-major and little-endian.</summary>
    /// <exception cref="ArgumentException">The destination is not exactly as long as the tensor.</exception>
    /// <exception cref="CheckpointException">There is no such tensor, or the file has become shorter.</exception>
    public static void Read(this ITensorSource source, string name, Span<byte> destination)
    {
        if (source.Tensors.TryGetValue(name, out var tensor) && tensor.ByteLength != destination.Length)
            throw new ArgumentException(
                $"{tensor} has {tensor.ByteLength} bytes, not {destination.Length}.", nameof(destination));
        source.Read(name, 0, destination);
    }
}
