using System.IO.Compression;
using System.IO.Hashing;

namespace RdmCloud.VectorStore.CompVis;

/// <summary>One array of a .npz file, read row by row from front to back.</summary>
sealed class NpzArray : IDisposable
{
    readonly ZipArchiveEntry entry;
    readonly BufferedStream stream;
    readonly Crc32 checksum = new();
    readonly byte[] row;

    /// <param name="rank">The number of its axes.</param>
    /// <param name="maxRow">The most elements that a row may have.</param>
    /// <exception cref="InvalidDataException">
    /// The array is missing, or its length is not the one that its header tells.
    /// </exception>
    public NpzArray(ZipArchive archive, string name, int rank, int maxRow)
    {
        Name = name;
        entry = archive.GetEntry(name + ".npy") ?? throw new InvalidDataException($"it holds no array '{name}'");
        stream = new(entry.Open(), 1 << 16);
        Header = NpyHeader.Read(stream);
        checksum.Append(Header.Bytes);
        var rowSize = Header.Shape.Skip(1).Aggregate(1L, (product, size) => product * Math.Min(size, maxRow + 1L));
        if (Header.Shape.Count != rank || rowSize < 1 || rowSize > maxRow)
            throw new InvalidDataException($"array '{name}' has the shape ({string.Join(", ", Header.Shape)})");
        row = new byte[rowSize * Header.ElementBytes];
        if (Rows > (long.MaxValue - Header.Bytes.Length) / row.Length || entry.Length != Header.Bytes.Length + Rows * row.Length)
            throw new InvalidDataException($"array '{name}' has {entry.Length} bytes, "
                + $"which is not what its shape ({string.Join(", ", Header.Shape)}) takes");
    }

    public string Name { get; }

    public NpyHeader Header { get; }

    public long Rows => Header.Shape[0];

    public int RowSize => row.Length / Header.ElementBytes;

    /// <summary>How many times smaller the archive made it.</summary>
    public double Compression => entry.Length / Math.Max(1.0, entry.CompressedLength);

    public ReadOnlySpan<byte> ReadRow()
    {
        stream.ReadExactly(row);
        checksum.Append(row);
        return row;
    }

    /// <summary>To be called after the last row.</summary>
    public void Verify()
    {
        if (checksum.GetCurrentHashAsUInt32() != entry.Crc32)
            throw new InvalidDataException($"the checksum of array '{Name}' does not match");
    }

    public void Dispose() => stream.Dispose();
}
