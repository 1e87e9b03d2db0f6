namespace RdmCloud.Training.Data;

/// <summary>Finishes that draw the outlines of a picture.</summary>
static class LineFinishes
{
    /// <summary>White lines on blue, surfaces a little lighter where they are dark.</summary>
    public static void Blueprint(ReadOnlySpan<byte> source, Span<byte> target, int width)
    {
        for (var i = 0; i < source.Length; i += 3)
        {
            var line = Math.Max(Edge(source, i, width), (255 - Tone.Luminance(source[i..])) / 6);
            target[i] = Tone.Mix(22, 240, line);
            target[i + 1] = Tone.Mix(62, 248, line);
            target[i + 2] = Tone.Mix(150, 255, line);
        }
    }

    /// <summary>Glowing lines on black in the picture's own colors at full strength; where it has none, in cyan.</summary>
    public static void Neon(ReadOnlySpan<byte> source, Span<byte> target, int width)
    {
        for (var i = 0; i < source.Length; i += 3)
        {
            var edge = Edge(source, i, width);
            if (edge == 0)
                continue; // a new picture is black

            var (r, g, b) = MostColorful(source, i, width);
            var max = Math.Max(1, Math.Max(r, Math.Max(g, b)));
            var min = Math.Min(r, Math.Min(g, b));
            // A weak color is no color: it fades over into the cyan.
            var saturation = Math.Min(255, (max - min) * 3);
            var range = Math.Max(1, max - min);
            target[i] = (byte)(edge * Tone.Mix(40, (r - min) * 255 / range, saturation) / 255);
            target[i + 1] = (byte)(edge * Tone.Mix(225, (g - min) * 255 / range, saturation) / 255);
            target[i + 2] = (byte)(edge * Tone.Mix(255, (b - min) * 255 / range, saturation) / 255);
        }
    }

    /// <summary>Pencil on paper: gray lines over a light shade of the surfaces.</summary>
    public static void Sketch(ReadOnlySpan<byte> source, Span<byte> target, int width)
    {
        for (var i = 0; i < source.Length; i += 3)
        {
            var shade = (255 - Tone.Luminance(source[i..])) / 4;
            var gray = 248 - Math.Min(190, shade + Edge(source, i, width) * 3 / 4);
            target[i] = Tone.Clamp(gray + 2);
            target[i + 1] = Tone.Clamp(gray);
            target[i + 2] = Tone.Clamp(gray - 4);
        }
    }

    // The largest change of a channel across the pixel, 0..255.
    static int Edge(ReadOnlySpan<byte> source, int index, int width)
    {
        var (left, right, up, down) = Around(source.Length, index, width);
        var largest = 0;
        for (var channel = 0; channel < 3; channel++)
            largest = Math.Max(largest,
                Math.Abs(source[right + channel] - source[left + channel])
                    + Math.Abs(source[down + channel] - source[up + channel]));
        return Math.Min(255, largest * 3 / 2);
    }

    static (int R, int G, int B) MostColorful(ReadOnlySpan<byte> source, int index, int width)
    {
        var (left, right, up, down) = Around(source.Length, index, width);
        var (best, most) = (index, -1);
        foreach (var place in (ReadOnlySpan<int>)[index, left, right, up, down])
        {
            var (r, g, b) = (source[place], source[place + 1], source[place + 2]);
            var colorfulness = Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b));
            if (colorfulness > most)
                (best, most) = (place, colorfulness);
        }

        return (source[best], source[best + 1], source[best + 2]);
    }

    // Where the four neighbors of a pixel begin; at the border the pixel stands in for them.
    static (int Left, int Right, int Up, int Down) Around(int length, int index, int width)
    {
        var unit = Tone.Unit(width);
        var x = index / 3 % width;
        var row = 3 * width * unit;
        return (
            x >= unit ? index - 3 * unit : index,
            x + unit < width ? index + 3 * unit : index,
            index >= row ? index - row : index,
            index + row < length ? index + row : index);
    }
}
