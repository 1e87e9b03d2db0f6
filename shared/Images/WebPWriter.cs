using SkiaSharp;

namespace RdmCloud.Images;

/// <summary>Writes WebP files, without the opacity. The same picture always gives the same bytes.</summary>
public static class WebPWriter
{
    /// <summary>The bytes of a WebP file.</summary>
    /// <param name="quality">0…100; some of the picture is lost at every quality.</param>
    public static byte[] Encode(RgbImage image, int quality = 90)
    {
        using var picture = image.ToBitmap();
        using var pixmap = picture.PeekPixels();
        using var encoded = pixmap.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality))
            ?? throw new ImageException($"a picture of {image.Width} x {image.Height} pixels cannot be written as WebP");
        return encoded.ToArray();
    }
}
