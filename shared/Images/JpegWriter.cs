using SkiaSharp;

namespace RdmCloud.Images;

/// <summary>Writes JPEG files, without the opacity. The same picture always gives the same bytes.</summary>
public static class JpegWriter
{
    /// <summary>The bytes of a JPEG file, its colors at full resolution.</summary>
    /// <param name="quality">0…100.</param>
    public static byte[] Encode(RgbImage image, int quality = 90)
    {
        using var picture = image.ToBitmap();
        using var pixmap = picture.PeekPixels();
        var options = new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.Ignore);
        using var encoded = pixmap.Encode(options)
            ?? throw new ImageException($"a picture of {image.Width} x {image.Height} pixels cannot be written as JPEG");
        return encoded.ToArray();
    }
}
