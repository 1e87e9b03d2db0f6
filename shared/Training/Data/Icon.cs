using System.Globalization;
using System.Text.Json;

namespace RdmCloud.Training.Data;

/// <summary>One drawing of an icon set: the inside of an SVG document and the box that it fills.</summary>
public sealed record Icon(string Body, double Left, double Top, double Width, double Height)
{
    /// <summary>Reads an icon; what it does not say, the set says, and what the set does not say is Iconify's default.</summary>
    internal static Icon Read(JsonElement icon, JsonElement set)
    {
        return new Icon(
            icon.GetProperty("body").GetString()!,
            Number("left", 0), Number("top", 0), Number("width", 16), Number("height", 16));

        double Number(string property, double fallback) =>
            icon.TryGetProperty(property, out var number) || set.TryGetProperty(property, out number)
                ? number.GetDouble()
                : fallback;
    }

    /// <summary>The same icon mirrored and turned, as an alias asks for.</summary>
    internal Icon Transformed(bool hFlip, bool vFlip, int quarterTurns)
    {
        var body = Body;
        if (hFlip)
            body = Text($"<g transform=\"translate({2 * Left + Width} 0) scale(-1 1)\">{body}</g>");
        if (vFlip)
            body = Text($"<g transform=\"translate(0 {2 * Top + Height}) scale(1 -1)\">{body}</g>");
        if (quarterTurns % 4 != 0)
            body = Text($"<g transform=\"rotate({90 * quarterTurns} {Left + Width / 2} {Top + Height / 2})\">{body}</g>");
        return this with { Body = body };
    }

    /// <summary>The icon as a square SVG document, black where it takes the color of the text.</summary>
    /// <param name="size">Edge length in pixels.</param>
    public string ToSvg(int size)
    {
        var edge = Math.Max(Width, Height);
        var box = Text($"{Left - (edge - Width) / 2} {Top - (edge - Height) / 2} {edge} {edge}");
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
                 viewBox="{box}" width="{size}" height="{size}">{Body.Replace("currentColor", "#000")}</svg>
            """;
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
