using System.Collections.Immutable;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>What a file says about a tensor. A scalar has the empty shape.</summary>
/// <remarks>The counts throw <see cref="OverflowException"/> where they do not fit; readers refuse such a tensor.</remarks>
public sealed record TensorInfo(string Name, ElementType Type, ImmutableArray<long> Shape)
{
    /// <summary>More dimensions than any framework has.</summary>
    internal const int MaxDimensions = 64;

    public long ElementCount => Shape.Aggregate(1L, (count, size) => checked(count * size));

    public long ByteLength => checked(ElementCount * Type.Size());

    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Shape)}]";

    /// <summary>Readers call this before anything else, so that a caller's slip never looks like a bad file.</summary>
    internal void CheckRange(long offset, int length)
    {
        if (offset < 0 || offset > ByteLength - length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset,
                $"{length} bytes from here are not inside {this} of {ByteLength} bytes.");
        if (offset % Type.Size() != 0 || length % Type.Size() != 0)
            throw new ArgumentException($"A part of {this} must consist of whole elements of {Type.Size()} bytes.");
    }
}
