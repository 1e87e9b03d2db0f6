using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Models;

namespace RdmCloud.Diffusion.Import;

/// <summary>Copies tensors into a file of a model directory, a few megabytes at a time.</summary>
static class PartFile
{
    const int BlockBytes = 8 << 20;

    /// <param name="written">Told the bytes of each block as it is written.</param>
    /// <exception cref="ModelException">A weight is not a finite number.</exception>
    public static void Write(string path, ITensorSource source, Action<int> written, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            SafetensorsWriter.Write(path, [.. source.Tensors.Values], (tensor, stream) =>
            {
                for (long offset = 0, length; offset < tensor.ByteLength; offset += length)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    length = Math.Min(BlockBytes, tensor.ByteLength - offset);
                    var bytes = block.AsSpan(0, (int)length);
                    source.Read(tensor.Name, offset, bytes);
                    if (!IsFinite(tensor.Type, bytes))
                        throw new ModelException(
                            $"The weight {tensor.Name} holds numbers that are not finite (NaN or infinity): "
                            + "the checkpoint is damaged.");
                    stream.Write(bytes);
                    written((int)length);
                }
            });
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    static bool IsFinite(ElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        ElementType.Float64 => TensorPrimitives.IsFiniteAll(MemoryMarshal.Cast<byte, double>(bytes)),
        ElementType.Float32 => TensorPrimitives.IsFiniteAll(MemoryMarshal.Cast<byte, float>(bytes)),
        ElementType.Float16 => !MemoryMarshal.Cast<byte, ushort>(bytes).ContainsAnyExponent(0x7c00),
        ElementType.BFloat16 => !MemoryMarshal.Cast<byte, ushort>(bytes).ContainsAnyExponent(0x7f80),
        _ => true,
    };

    /// <summary>All exponent bits set: NaN or infinity.</summary>
    static bool ContainsAnyExponent(this ReadOnlySpan<ushort> values, ushort exponent)
    {
        foreach (var value in values)
            if ((value & exponent) == exponent)
                return true;
        return false;
    }
}
