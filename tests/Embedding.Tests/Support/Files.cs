using System.IO.Compression;
using RdmCloud.Images;

namespace RdmCloud.Embedding.Support;

static class Files
{
    /// <summary>A PNG file of one color.</summary>
    public static byte[] Picture(int width = 40, int height = 30, byte shade = 200)
    {
        var image = new RgbImage(width, height);
        Array.Fill(image.Pixels, shade);
        return PngWriter.Encode(image);
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        return zip.ToArray();
    }
}
