namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>A file (or several) of named tensors, whose values are read only when asked for. Reads may run in parallel.</summary>
public interface ITensorSource : IDisposable
{
    /// <summary>All tensors; their order is the best one to read them in.</summary>
    IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <summary>Reads a part of a tensor's row-major little-endian bytes.</summary>
    /// <param name="name">One of <see cref="Tensors"/>.</param>
    /// <param name="offset">Where in the tensor to begin: bytes, a multiple of the element size.</param>
    /// <param name="destination">How much to read: whole elements.</param>
    /// <exception cref="CheckpointException">There is no such tensor, or the file has become shorter.</exception>
    /// <exception cref="ArgumentException">The part is not inside the tensor.</exception>
    void Read(string name, long offset, Span<byte> destination);
}
