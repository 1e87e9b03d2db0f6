using System.Collections.Immutable;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>A view of a storage: element (i, j, …) is at offset + i·strides[0] + j·strides[1] + …</summary>
sealed record TorchTensor(TorchStorage Storage, long Offset, ImmutableArray<long> Shape, ImmutableArray<long> Strides)
{
    /// <summary>Whether the elements lie one after the other in row-major order.</summary>
    public bool IsContiguous
    {
        get
        {
            var expected = 1L;
            for (var i = Shape.Length - 1; i >= 0; expected *= Shape[i--])
                if (Shape[i] != 1 && Strides[i] != expected)
                    return false;
            return true;
        }
    }

    /// <summary>How many elements of the storage lie between the first and the last one of the view, both included.</summary>
    public long Extent => Shape.Contains(0) ? 0
        : Shape.Zip(Strides, (size, stride) => checked((size - 1) * stride)).Aggregate(1L, (sum, reach) => checked(sum + reach));

    /// <summary>Throws <see cref="InvalidDataException"/> unless the view lies in its storage and is no larger than it.</summary>
    public void Check(string name)
    {
        try
        {
            var count = Shape.Aggregate(1L, (product, size) => checked(product * size));
            var valid = Storage.Count >= 0 && Offset >= 0 && Shape.All(size => size >= 0) && Strides.All(stride => stride >= 0)
                && count <= Storage.Count && checked(Offset + Extent) <= Storage.Count;
            if (!valid)
                throw new InvalidDataException($"tensor '{name}' reaches beyond its storage of {Storage.Count} elements.");
        }
        catch (OverflowException)
        {
            throw new InvalidDataException($"tensor '{name}' is larger than any file.");
        }
    }

    /// <summary>Copies elements in row-major order, from <paramref name="first"/> on, out of the view's extent.</summary>
    public void Gather(ReadOnlySpan<byte> extent, long first, Span<byte> destination)
    {
        var size = Storage.Type.Size();
        var index = new long[Shape.Length];
        var place = 0L;
        for (var i = Shape.Length - 1; i >= 0; i--)
        {
            (first, index[i]) = Math.DivRem(first, Shape[i]);
            place += index[i] * Strides[i];
        }
        for (; destination.Length > 0; destination = destination[size..])
        {
            extent.Slice((int)place * size, size).CopyTo(destination);
            for (var i = Shape.Length - 1; i >= 0; i--)
            {
                place += Strides[i];
                if (++index[i] < Shape[i])
                    break;
                place -= index[i] * Strides[i];
                index[i] = 0;
            }
        }
    }
}
