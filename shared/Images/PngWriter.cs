using SkiaSharp;

namespace RdmCloud.Images;

/// <summary>Writes PNG files that carry texts. The same picture and texts always give the same bytes.</summary>
public static class PngWriter
{
    const int AfterHeader = 8 + 25; // the signature and the IHDR chunk

    /// <summary>Writes a picture with its texts to a file.</summary>
    public static void Write(string path, RgbImage image, IEnumerable<KeyValuePair<string, string>>? texts = null) =>
        File.WriteAllBytes(path, Encode(image, texts));

    /// <summary>The bytes of a PNG file with texts, each under a keyword of 1 to 79 ASCII characters.</summary>
    public static byte[] Encode(RgbImage image, IEnumerable<KeyValuePair<string, string>>? texts = null)
    {
        using var picture = image.ToBitmap();
        using var pixmap = picture.PeekPixels();
        using var encoded = pixmap.Encode(SKPngEncoderOptions.Default)
            ?? throw new ImageException($"a picture of {image.Width} x {image.Height} pixels cannot be written as PNG");
        var png = encoded.AsSpan();
        var chunks = (texts ?? []).SelectMany(text => PngText.Chunk(text.Key, text.Value)).ToArray();
        return [.. png[..AfterHeader], .. chunks, .. png[AfterHeader..]];
    }
}
