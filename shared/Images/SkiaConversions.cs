using SkiaSharp;

namespace RdmCloud.Images;

/// <summary>Between our pictures and Skia's.</summary>
static class SkiaConversions
{
    public static SKBitmap ToBitmap(this RgbImage image)
    {
        var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgb888x, SKAlphaType.Opaque));
        var target = bitmap.GetPixelSpan();
        for (int from = 0, to = 0; from < image.Pixels.Length; from += 3, to += 4)
        {
            image.Pixels.AsSpan(from, 3).CopyTo(target[to..]);
            target[to + 3] = byte.MaxValue;
        }
        return bitmap;
    }

    public static RgbImage ToRgbImage(this SKBitmap bitmap)
    {
        var image = new RgbImage(bitmap.Width, bitmap.Height);
        var source = bitmap.GetPixelSpan();
        for (int from = 0, to = 0; to < image.Pixels.Length; from += 4, to += 3)
            source.Slice(from, 3).CopyTo(image.Pixels.AsSpan(to));
        return image;
    }
}
