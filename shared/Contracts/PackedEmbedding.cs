using System.Runtime.InteropServices;

namespace RdmCloud.Contracts;

/// <summary>
/// Embeddings as messages carry them: little-endian float16, half the size and exact enough for a network's context.
/// </summary>
public static class PackedEmbedding
{
    public static byte[] Pack(ReadOnlySpan<float> values)
    {
        var halves = new Half[values.Length];
        for (var i = 0; i < halves.Length; i++)
            halves[i] = (Half)values[i];
        return MemoryMarshal.AsBytes(halves.AsSpan()).ToArray();
    }

    /// <exception cref="ArgumentException">The bytes are no whole number of float16 values.</exception>
    public static float[] Unpack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 2 != 0)
            throw new ArgumentException($"{bytes.Length} bytes are no whole number of float16 values.", nameof(bytes));
        var halves = MemoryMarshal.Cast<byte, Half>(bytes);
        var values = new float[halves.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)halves[i];
        return values;
    }
}
