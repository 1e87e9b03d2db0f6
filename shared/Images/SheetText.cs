using SkiaSharp;

namespace RdmCloud.Images;

/// <summary>The sheet's lettering: one size of one font, which comes with this library.</summary>
sealed class SheetText(float size) : IDisposable
{
    static readonly SKTypeface Typeface = LoadTypeface();

    readonly SKFont font = new(Typeface, size) { Edging = SKFontEdging.Antialias, Subpixel = true };
    readonly SKPaint paint = new() { Color = new SKColor(0x6B, 0x72, 0x80), IsAntialias = true };

    public float LineHeight => MathF.Ceiling(size * 1.35f);

    public float Measure(string text) => font.MeasureText(WellFormed(text));

    /// <summary>The text in lines of a width, broken at spaces; what passes the last line ends in an ellipsis.</summary>
    public IReadOnlyList<string> Wrap(string text, float width, int mostLines)
    {
        var lines = new List<string>();
        var words = new Queue<string>(WellFormed(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        while (words.Count > 0)
        {
            if (lines.Count == mostLines - 1)
                return [.. lines, Ellipsize(string.Join(' ', words), width)];
            var line = words.Dequeue();
            while (words.Count > 0 && Measure($"{line} {words.Peek()}") <= width)
                line = $"{line} {words.Dequeue()}";
            lines.Add(Ellipsize(line, width));
        }
        return lines;
    }

    /// <summary>Draws lines with the top of the first one at y.</summary>
    public void Draw(SKCanvas canvas, IReadOnlyList<string> lines, float x, float y, SKTextAlign align)
    {
        for (var i = 0; i < lines.Count; i++)
            canvas.DrawText(lines[i], x, y + i * LineHeight + size, align, font, paint);
    }

    public void Dispose()
    {
        font.Dispose();
        paint.Dispose();
    }

    string Ellipsize(string text, float width)
    {
        if (Measure(text) <= width)
            return text;
        // The count of characters that fit is found by halving, for a label may be a whole page.
        var characters = text.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        var (fits, tooMany) = (0, characters.Length);
        while (tooMany - fits > 1)
        {
            var middle = (fits + tooMany) / 2;
            (fits, tooMany) = Measure(Cut(middle)) <= width ? (middle, tooMany) : (fits, middle);
        }
        return Cut(fits);

        string Cut(int count) => string.Concat(characters[..count]).TrimEnd() + "…";
    }

    // Skia takes a text with half a surrogate pair for no text at all.
    static string WellFormed(string text) => string.Concat(text.EnumerateRunes());

    static SKTypeface LoadTypeface()
    {
        using var resource = typeof(SheetText).Assembly.GetManifestResourceStream("Inter-Regular.ttf")!;
        return SKTypeface.FromStream(resource);
    }
}
