using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace RdmCloud.Images;

/// <summary>The texts of a PNG file: tEXt chunks for Latin-1 and iTXt chunks for the rest (PNG 3rd edition, §11.3.3).</summary>
public static class PngText
{
    const int MostTextBytes = 16 << 20;

    static readonly byte[] Signature = [0x89, .. "PNG\r\n"u8, 0x1a, .. "\n"u8];

    /// <summary>The texts of a PNG file by their keywords; compressed ones are left out.</summary>
    /// <exception cref="ImageException">The file is no PNG, is cut off, or a text is damaged.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file);
    }

    /// <inheritdoc cref="Read(string)"/>
    public static IReadOnlyDictionary<string, string> Read(Stream png)
    {
        var texts = new Dictionary<string, string>();
        if (!ReadExactly(png, 8).AsSpan().SequenceEqual(Signature))
            throw new ImageException("not a PNG file");
        for (var total = 0L; ;)
        {
            var header = ReadExactly(png, 8);
            var length = BinaryPrimitives.ReadUInt32BigEndian(header);
            var type = Encoding.Latin1.GetString(header, 4, 4);
            if (type == "IEND")
                return texts;
            if (type is not ("tEXt" or "iTXt"))
            {
                Skip(png, length + 4L);
                continue;
            }
            if ((total += length) > MostTextBytes)
                throw new ImageException($"the texts of the PNG file are over {MostTextBytes >> 20} MB");
            var content = ReadExactly(png, (int)length);
            if (BinaryPrimitives.ReadUInt32BigEndian(ReadExactly(png, 4)) != Checksum(header.AsSpan(4), content))
                throw new ImageException("a text of the PNG file is damaged: its checksum differs");
            if (Parse(type, content) is var (keyword, text))
                texts[keyword] = text;
        }
    }

    internal static byte[] Chunk(string keyword, string text)
    {
        if (keyword.Length is < 1 or > 79 || keyword.Any(letter => letter is < ' ' or > '~'))
            throw new ArgumentException(
                $"\"{keyword}\" cannot be the keyword of a PNG text: 1 to 79 ASCII characters can", nameof(keyword));
        var written = text.Replace("\0", "");
        var latin = written.All(letter => letter <= 0xFF);
        byte[] type = [.. latin ? "tEXt"u8 : "iTXt"u8];
        byte[] content = latin
            ? [.. Encoding.Latin1.GetBytes(keyword), 0, .. Encoding.Latin1.GetBytes(written)]
            : [.. Encoding.Latin1.GetBytes(keyword), 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(written)];
        return [.. BigEndian((uint)content.Length), .. type, .. content, .. BigEndian(Checksum(type, content))];
    }

    static (string Keyword, string Text)? Parse(string type, ReadOnlySpan<byte> content)
    {
        var end = content.IndexOf((byte)0);
        if (end < 0)
            return null;
        var keyword = Encoding.Latin1.GetString(content[..end]);
        var rest = content[(end + 1)..];
        if (type == "tEXt")
            return (keyword, Encoding.Latin1.GetString(rest));
        // iTXt: compression flag and method, language, translated keyword, text
        if (rest.Length < 2 || rest[0] != 0)
            return null;
        rest = rest[2..];
        for (var field = 0; field < 2; field++)
        {
            if ((end = rest.IndexOf((byte)0)) < 0)
                return null;
            rest = rest[(end + 1)..];
        }
        return (keyword, Encoding.UTF8.GetString(rest));
    }

    static uint Checksum(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(content);
        return crc.GetCurrentHashAsUInt32();
    }

    static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    static byte[] ReadExactly(Stream png, int count)
    {
        var content = new MemoryStream();
        var buffer = new byte[Math.Min(count, 1 << 16)];
        while (content.Length < count)
        {
            var read = png.Read(buffer, 0, (int)Math.Min(buffer.Length, count - content.Length));
            if (read == 0)
                throw new ImageException("the PNG file is cut off");
            content.Write(buffer, 0, read);
        }
        return content.ToArray();
    }

    static void Skip(Stream png, long count)
    {
        var buffer = new byte[1 << 16];
        for (int read; count > 0; count -= read)
            if ((read = png.Read(buffer, 0, (int)Math.Min(buffer.Length, count))) == 0)
                throw new ImageException("the PNG file is cut off");
    }
}
