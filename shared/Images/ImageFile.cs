using SkiaSharp;

namespace RdmCloud.Images;

/// <summary>Reads PNG, JPEG, WebP, GIF (its first frame) and BMP files, which nobody needs to trust.</summary>
public static class ImageFile
{
    /// <summary>The most pixels that a picture may have; its header is asked before anything is decoded.</summary>
    public const int MostPixels = 64_000_000;

    const int MostBytes = 256 << 20;

    static readonly string[] extensions = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];

    /// <summary>Whether a file of this name says that it is a picture.</summary>
    public static bool IsPicture(string name) => extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a picture from a file.</summary>
    /// <exception cref="ImageException">It is broken, too large or no picture; the message names the file.</exception>
    public static RgbImage Read(string path, Transparency transparency = Transparency.Kept)
    {
        using var file = File.OpenRead(path);
        try
        {
            return Read(file, transparency);
        }
        catch (ImageException exception)
        {
            throw new ImageException($"{path}: {exception.Message}");
        }
    }

    /// <summary>Reads a picture from the rest of a stream.</summary>
    /// <exception cref="ImageException">It is broken, too large or no picture.</exception>
    public static RgbImage Read(Stream stream, Transparency transparency = Transparency.Kept)
    {
        using var data = SKData.CreateCopy(BoundedRead.ToEnd(stream, MostBytes));
        using var codec = SKCodec.Create(data) ?? throw new ImageException("not a PNG, JPEG, WebP, GIF or BMP picture");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width < 1 || height < 1 || (long)width * height > MostPixels)
            throw new ImageException(
                $"a picture of {width} x {height} pixels is too large; {MostPixels / 1_000_000} megapixels is the most");

        // No color space: the numbers in the file are taken as they are.
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        var result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
            throw new ImageException($"the picture is broken ({result})");
        return ToRgb(bitmap.GetPixelSpan(), width, height, transparency);
    }

    static RgbImage ToRgb(ReadOnlySpan<byte> rgba, int width, int height, Transparency transparency)
    {
        var (rgb, opacity, opaque) = (new byte[3 * width * height], new byte[width * height], true);
        for (var pixel = 0; pixel < opacity.Length; pixel++)
        {
            rgba.Slice(4 * pixel, 3).CopyTo(rgb.AsSpan(3 * pixel));
            opacity[pixel] = rgba[4 * pixel + 3];
            opaque &= opacity[pixel] == 255;
        }
        if (transparency is Transparency.OnWhite && !opaque)
            for (var i = 0; i < rgb.Length; i++)
                rgb[i] = (byte)((rgb[i] * opacity[i / 3] + 255 * (255 - opacity[i / 3]) + 127) / 255);
        return new RgbImage(width, height, rgb) { Opacity = opaque || transparency is Transparency.OnWhite ? null : opacity };
    }
}
