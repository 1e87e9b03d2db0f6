namespace RdmCloud.Training.Data;

/// <summary>Finishes that lay a grid over the picture.</summary>
static class CellFinishes
{
    /// <summary>The mean of each 4 × 4 cell (in a 64 px picture), in six levels a channel.</summary>
    public static void Pixel(ReadOnlySpan<byte> source, Span<byte> target, int width)
    {
        var cell = 4 * Tone.Unit(width);
        var height = source.Length / 3 / width;
        for (var top = 0; top < height; top += cell)
            for (var left = 0; left < width; left += cell)
                for (var channel = 0; channel < 3; channel++)
                {
                    var (bottom, right) = (Math.Min(height, top + cell), Math.Min(width, left + cell));
                    var sum = 0;
                    for (var y = top; y < bottom; y++)
                        for (var x = left; x < right; x++)
                            sum += source[3 * (y * width + x) + channel];
                    var mean = sum / ((bottom - top) * (right - left));
                    var level = (byte)((mean + 25) / 51 * 51);
                    for (var y = top; y < bottom; y++)
                        for (var x = left; x < right; x++)
                            target[3 * (y * width + x) + channel] = level;
                }
    }

    /// <summary>Black dots on paper on a grid at 45°, the larger the darker.</summary>
    public static void Halftone(ReadOnlySpan<byte> source, Span<byte> target, int width)
    {
        var unit = Tone.Unit(width);
        for (var i = 0; i < source.Length; i += 3)
        {
            var (x, y) = (i / 3 % width, i / 3 / width);
            // Two triangle waves along the diagonals make a hill on every crossing: 0 between the dots, 255 at their centers.
            var hill = (Wave(x + y, unit) + Wave(x - y + 4 * width, unit)) / 2;
            // The tone is stretched a little beyond the hill's range, so that white stays empty and black is full.
            var tone = Tone.Luminance(source[i..]) * 4 / 3 - 43;
            var ink = Tone.Clamp(128 + (hill - tone) * 3);
            target[i] = Tone.Mix(252, 18, ink);
            target[i + 1] = Tone.Mix(250, 18, ink);
            target[i + 2] = Tone.Mix(244, 24, ink);
        }
    }

    // Rises from 0 to 255 and falls back within a period of six units.
    static int Wave(int position, int unit)
    {
        var phase = position % (6 * unit);
        return 255 * Math.Min(phase, 6 * unit - phase) / (3 * unit);
    }
}
