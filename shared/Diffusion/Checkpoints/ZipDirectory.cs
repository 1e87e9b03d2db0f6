using System.Buffers.Binary;
using System.Text;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>The directory of a zip archive whose files are stored uncompressed, zip64 too.</summary>
/// <remarks>
/// PKWARE's APPNOTE.TXT 4.3. System.IO.Compression does not tell where an entry's bytes lie, and its streams cannot seek:
/// a view at the end of a large storage would cost reading all of it. Complaints are <see cref="InvalidDataException"/>.
/// </remarks>
static class ZipDirectory
{
    const int EndLength = 22, LocatorLength = 20, End64Length = 56, EntryLength = 46, LocalLength = 30;
    const int MaxEntries = 200_000, MaxDirectory = 64_000_000;

    public static Dictionary<string, ZipEntry> Read(FileBytes file)
    {
        var (start, length, count) = FindDirectory(file);
        if (length > MaxDirectory || count > MaxEntries || length / EntryLength < count)
            throw new InvalidDataException(
                $"its zip directory of {length} bytes for {count} files cannot be right, or is too large.");
        var directory = new byte[length];
        file.Read(start, directory);
        var found = new List<ZipEntry>((int)count);
        for (var place = 0; count > 0; count--)
            found.Add(ReadEntry(directory, ref place));
        var entries = new Dictionary<string, ZipEntry>(found.Count);
        var limit = start;
        foreach (var entry in found.OrderByDescending(entry => entry.Header))
        {
            if (entry.Header > limit - LocalLength - entry.Length)
                throw new InvalidDataException(
                    $"the file '{entry.Name}' in it overlaps another one or is not inside the archive.");
            if (!entries.TryAdd(entry.Name, entry with { Limit = limit }))
                throw new InvalidDataException($"the file '{entry.Name}' is in it twice.");
            limit = entry.Header;
        }
        return entries;
    }

    /// <summary>Where the bytes of an entry begin.</summary>
    public static long DataStart(FileBytes file, ZipEntry entry)
    {
        Span<byte> header = stackalloc byte[LocalLength];
        file.Read(entry.Header, header);
        var start = entry.Header + LocalLength + U16(header, 26) + U16(header, 28); // name, extra field
        return U32(header, 0) == 0x04034b50 && start <= entry.Limit - entry.Length
            ? start
            : throw new InvalidDataException($"the file '{entry.Name}' in it overlaps another one or has a damaged header.");
    }

    /// <summary>The end record is the last thing in the file, but for a comment.</summary>
    static (long Start, long Length, long Count) FindDirectory(FileBytes file)
    {
        var tail = new byte[Math.Min(file.Length, EndLength + ushort.MaxValue + LocatorLength)];
        var tailStart = file.Length - tail.Length;
        file.Read(tailStart, tail);
        var end = tail.Length - EndLength;
        while (end >= 0 && (U32(tail, end) != 0x06054b50 || U16(tail, end + 20) != tail.Length - end - EndLength))
            end--;
        if (end < 0)
            throw new InvalidDataException("its zip directory is missing, so the file is cut short. Copy or download it again.");
        long start = U32(tail, end + 16), length = U32(tail, end + 12), count = U16(tail, end + 10), limit = tailStart + end;
        if (end >= LocatorLength && U32(tail, end - LocatorLength) == 0x07064b50)
        {
            limit = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - LocatorLength + 8));
            (start, length, count) = ReadEnd64(file, limit);
        }
        return start >= 0 && length >= 0 && count >= 0 && start <= limit - length
            ? (start, length, count)
            : throw new InvalidDataException("its zip directory is not inside the file.");
    }

    static (long Start, long Length, long Count) ReadEnd64(FileBytes file, long place)
    {
        var record = new byte[End64Length];
        if (place >= 0 && place <= file.Length - record.Length)
            file.Read(place, record);
        return U32(record, 0) == 0x06064b50
            ? (I64(record, 48), I64(record, 40), I64(record, 32))
            : throw new InvalidDataException("its zip64 directory is not where it should be.");
    }

    static ZipEntry ReadEntry(byte[] directory, ref int place)
    {
        var rest = directory.AsSpan(place);
        if (rest.Length < EntryLength || U32(rest, 0) != 0x02014b50)
            throw new InvalidDataException("its zip directory is damaged.");
        int nameLength = U16(rest, 28), extraLength = U16(rest, 30), commentLength = U16(rest, 32);
        var total = EntryLength + nameLength + extraLength + commentLength;
        if (total > rest.Length)
            throw new InvalidDataException("its zip directory is damaged.");
        place += total;
        var name = Encoding.UTF8.GetString(rest.Slice(EntryLength, nameLength));
        var (length, packed, header) = Sizes(rest[..EntryLength], rest.Slice(EntryLength + nameLength, extraLength));
        if (name.Contains('\\') || name.Contains('\0') || name.TrimEnd('/').Split('/').Any(part => part is "" or "." or ".."))
            throw new InvalidDataException($"the file '{name}' in it has a name that leads out of the archive.");
        if (U16(rest, 10) != 0 || packed != length || (U16(rest, 8) & 1) != 0)
            throw new InvalidDataException(
                $"the file '{name}' in it is compressed or encrypted, which PyTorch never does. " +
                "Save the checkpoint with torch.save again.");
        if (length < 0 || header < 0)
            throw new InvalidDataException($"the file '{name}' in it has a size or place that cannot be right.");
        return new(name, header, length, 0);
    }

    /// <summary>What does not fit 32 bits is in the extra field 1, in this order.</summary>
    static (long Length, long Packed, long Header) Sizes(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        long length = U32(entry, 24), packed = U32(entry, 20), header = U32(entry, 42);
        while (extra.Length >= 4 && U16(extra, 2) is var size && size <= extra.Length - 4)
        {
            var field = extra.Slice(4, size);
            if (U16(extra, 0) == 1)
            {
                Widen(ref length, ref field);
                Widen(ref packed, ref field);
                Widen(ref header, ref field);
            }
            extra = extra[(4 + size)..];
        }
        return (length, packed, header);
    }

    static void Widen(ref long value, ref ReadOnlySpan<byte> field)
    {
        if (value != uint.MaxValue || field.Length < 8)
            return;
        value = I64(field, 0);
        field = field[8..];
    }

    static int U16(ReadOnlySpan<byte> bytes, int place) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[place..]);

    static uint U32(ReadOnlySpan<byte> bytes, int place) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[place..]);

    static long I64(ReadOnlySpan<byte> bytes, int place) => BinaryPrimitives.ReadInt64LittleEndian(bytes[place..]);
}
