namespace RdmCloud.Training.Data;

/// <summary>Finishes that look at one pixel at a time.</summary>
static class PointFinishes
{
    /// <summary>Inverts the lightness and keeps the hue: HSL lightness (max + min) / 2 becomes 1 minus itself.</summary>
    public static void Night(ReadOnlySpan<byte> source, Span<byte> target, int _)
    {
        for (var i = 0; i < source.Length; i += 3)
        {
            var (r, g, b) = (source[i], source[i + 1], source[i + 2]);
            var shift = 255 - Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b));
            target[i] = (byte)(r + shift);
            target[i + 1] = (byte)(g + shift);
            target[i + 2] = (byte)(b + shift);
        }
    }

    /// <summary>Moves every channel on by one. Grays stay as they are.</summary>
    public static void Swap(ReadOnlySpan<byte> source, Span<byte> target, int _)
    {
        for (var i = 0; i < source.Length; i += 3)
        {
            target[i] = source[i + 2];
            target[i + 1] = source[i];
            target[i + 2] = source[i + 1];
        }
    }
}
