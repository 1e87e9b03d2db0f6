namespace RdmCloud.Training.Data;

/// <summary>Finishes that color a picture by its luminance alone.</summary>
static class ToneFinishes
{
    /// <summary>A gradient from the color of black over that of middle gray to that of white.</summary>
    public static PixelFunction Map((int R, int G, int B) black, (int R, int G, int B) gray, (int R, int G, int B) white)
    {
        var palette = new byte[256 * 3];
        for (var tone = 0; tone < 256; tone++)
        {
            var (from, to, amount) = tone < 128 ? (black, gray, tone * 255 / 127) : (gray, white, (tone - 128) * 255 / 127);
            palette[3 * tone] = Tone.Mix(from.R, to.R, amount);
            palette[3 * tone + 1] = Tone.Mix(from.G, to.G, amount);
            palette[3 * tone + 2] = Tone.Mix(from.B, to.B, amount);
        }

        return ByPalette(palette);
    }

    /// <summary>As many flat colors as are given, from dark to light.</summary>
    public static PixelFunction Steps(params (byte R, byte G, byte B)[] colors) => ByPalette(
        [.. Enumerable.Range(0, 256).Select(tone => colors[tone * colors.Length / 256])
            .SelectMany(color => new[] { color.R, color.G, color.B })]);

    /// <summary>An old green screen: what is dark on paper glows, in lines.</summary>
    public static void Screen(ReadOnlySpan<byte> source, Span<byte> target, int width)
    {
        var unit = Tone.Unit(width);
        for (var i = 0; i < source.Length; i += 3)
        {
            var glow = Math.Min(255, (255 - Tone.Luminance(source[i..])) * 7 / 4);
            var line = i / 3 / width / unit % 2 == 0 ? glow : glow * 5 / 8;
            target[i] = (byte)(line / 6);
            target[i + 1] = Tone.Clamp(14 + line);
            target[i + 2] = (byte)(8 + line / 4);
        }
    }

    static PixelFunction ByPalette(byte[] palette) => (source, target, _) =>
    {
        for (var i = 0; i < source.Length; i += 3)
            palette.AsSpan(3 * Tone.Luminance(source[i..]), 3).CopyTo(target[i..]);
    };
}
