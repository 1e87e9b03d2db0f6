namespace RdmCloud.Images;

/// <summary>
/// A picture of 8-bit red, green and blue, row by row from the top. Its colors stand alone: they are not multiplied by the
/// opacity, and whoever leaves the opacity out drops it, as Pillow's <c>convert("RGB")</c> does.
/// </summary>
public sealed class RgbImage
{
    /// <summary>A picture over existing pixels, which are not copied.</summary>
    /// <param name="width">Pixels across, one at least.</param>
    /// <param name="height">Pixels down, one at least.</param>
    /// <param name="pixels">height × width × 3 bytes.</param>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.LongLength != 3L * width * height)
            throw new ArgumentException(
                $"a picture of {width} x {height} has {3L * width * height} bytes, not {pixels.LongLength}", nameof(pixels));
        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>A black picture.</summary>
    public RgbImage(int width, int height) : this(width, height, new byte[checked(3 * width * height)]) { }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>height × width × 3 bytes.</summary>
    public byte[] Pixels { get; }

    /// <summary>height × width opacities, from 0 for clear to 255; nothing for an opaque picture.</summary>
    public byte[]? Opacity { get; init; }
}
