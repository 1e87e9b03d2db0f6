namespace RdmCloud.Training.Data;

/// <summary>A fixed pixel function that turns one style into another: hand × finish = style.</summary>
/// <param name="Id">Style id, e.g. <c>blueprint</c>.</param>
/// <param name="Look">The finish in words, as captions use it.</param>
/// <param name="Function">Computes the picture.</param>
public sealed record Finish(string Id, string Look, PixelFunction Function)
{
    /// <summary>Applies the finish to a picture.</summary>
    /// <param name="rgb">Rows from the top, three bytes a pixel, <c>height × width × 3</c>; it is not changed.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <returns>A picture of the same size: the same bytes for the same picture, everywhere.</returns>
    /// <exception cref="ArgumentException">The bytes are no whole number of rows.</exception>
    public byte[] Apply(ReadOnlySpan<byte> rgb, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (rgb.Length == 0 || rgb.Length % (3 * width) != 0)
            throw new ArgumentException($"{rgb.Length} bytes are no whole number of rows of {width} RGB pixels.", nameof(rgb));

        var result = new byte[rgb.Length];
        Function(rgb, result, width);
        return result;
    }
}
