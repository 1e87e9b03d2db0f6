using System.IO.Compression;
using System.Text;
using RdmCloud.Images;

namespace RdmCloud.EndToEnd.Support;

static class Pictures
{
    public static RgbImage Decode(byte[] file) => ImageFile.Read(new MemoryStream(file));

    /// <summary>A PNG file of one color.</summary>
    public static byte[] Plain(byte red, byte green, byte blue, int side = 64)
    {
        var picture = new RgbImage(side, side);
        for (var i = 0; i < picture.Pixels.Length; i += 3)
            (picture.Pixels[i], picture.Pixels[i + 1], picture.Pixels[i + 2]) = (red, green, blue);
        return PngWriter.Encode(picture);
    }

    /// <summary>Pictures of many colors with their metadata, one that is none, and a text that nobody asked for.</summary>
    public static byte[] Zip(int count)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < count; i++)
                Write(archive, $"colors/{i}.png", Plain((byte)(37 * i), (byte)(91 * i), (byte)(151 * i)));
            Write(archive, "colors/broken.png", "not a picture"u8.ToArray());
            Write(archive, "readme.txt", "hello"u8.ToArray());
            Write(archive, "colors/metadata.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, count)
                .Select(i => $$"""{"file": "{{i}}.png", "title": "color {{i}}", "author": "Ann", "license": "CC0-1.0"}"""))));
        }
        return zip.ToArray();
    }

    static void Write(ZipArchive archive, string name, byte[] content)
    {
        using var entry = archive.CreateEntry(name).Open();
        entry.Write(content);
    }
}
