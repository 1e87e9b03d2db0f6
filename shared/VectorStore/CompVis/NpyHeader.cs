using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RdmCloud.VectorStore.CompVis;

/// <summary>The header of a .npy array (numpy's format, versions 1 to 3).</summary>
/// <param name="Type">numpy's descr without the byte order: f2, f4, f8, i4 or i8.</param>
/// <param name="Bytes">The header as it was read.</param>
sealed partial record NpyHeader(string Type, IReadOnlyList<long> Shape, byte[] Bytes)
{
    const int MaxHeaderBytes = 1 << 16;

    public int ElementBytes => Type[1] - '0';

    static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <exception cref="InvalidDataException">Not a little-endian array of numbers in C order.</exception>
    public static NpyHeader Read(Stream stream)
    {
        var start = new byte[8];
        stream.ReadExactly(start);
        var version = start[6];
        if (!start.AsSpan(0, Magic.Length).SequenceEqual(Magic) || version is < 1 or > 3)
            throw new InvalidDataException("it is no numpy array");
        var size = new byte[4];
        var sizeBytes = version == 1 ? 2 : 4;
        stream.ReadExactly(size, 0, sizeBytes);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MaxHeaderBytes)
            throw new InvalidDataException($"its header claims {length} bytes");
        var text = new byte[length];
        stream.ReadExactly(text);
        return Parse(Encoding.Latin1.GetString(text), [.. start, .. size.AsSpan(0, sizeBytes), .. text]);
    }

    static NpyHeader Parse(string text, byte[] bytes)
    {
        var match = Dictionary.Match(text);
        if (!match.Success)
            throw new InvalidDataException(
                $"its type is not little-endian float16, float32, float64, int32 or int64: {text.Trim()}");
        long[] shape = [.. match.Groups["size"].Captures.Select(size => long.Parse(size.Value, CultureInfo.InvariantCulture))];
        if (match.Groups["fortran"].Value == "True" && shape.Length > 1)
            throw new InvalidDataException("it is stored in Fortran order; save it again through numpy.ascontiguousarray");
        return new(match.Groups["type"].Value, shape, bytes);
    }

    // {'descr': '<f2', 'fortran_order': False, 'shape': (300, 48), } : numpy writes the keys sorted
    [GeneratedRegex(@"^\{'descr': '<(?<type>f2|f4|f8|i4|i8)', 'fortran_order': (?<fortran>True|False), "
        + @"'shape': \(((?<size>[0-9]{1,15}),? ?){1,4}\),? ?\}\s*$")]
    static partial Regex Dictionary { get; }
}
