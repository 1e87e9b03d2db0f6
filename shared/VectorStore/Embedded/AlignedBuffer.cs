using System.Runtime.InteropServices;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// Scratch floats that start at a multiple of 64 bytes. A dot product groups its sums by alignment, so only rows of equal
/// alignment have bit-equal scores when they are equal.
/// </summary>
sealed unsafe class AlignedBuffer(int length) : IDisposable
{
    public const int Alignment = 64;

    readonly float* start = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), Alignment);

    public Span<float> Span => new(start, length);

    public void Dispose() => NativeMemory.AlignedFree(start);
}
