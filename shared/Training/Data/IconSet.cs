using System.Globalization;
using System.Text.Json;

namespace RdmCloud.Training.Data;

/// <summary>An icon set in Iconify's JSON format (<c>icons.json</c>), with its code points where it has them (<c>chars.json</c>).</summary>
public sealed class IconSet
{
    private readonly JsonElement _root;
    private readonly JsonElement _icons;
    private readonly JsonElement _aliases;

    /// <summary>Takes the parsed <c>icons.json</c> and, where there is one, <c>chars.json</c>.</summary>
    public IconSet(JsonElement icons, JsonElement? characters)
    {
        _root = icons.Clone();
        _icons = _root.GetProperty("icons");
        _aliases = _root.TryGetProperty("aliases", out var aliases) ? aliases : JsonDocument.Parse("{}").RootElement;
        Names = [.. _icons.EnumerateObject().Concat(_aliases.EnumerateObject()).Select(icon => icon.Name)];
        Characters = characters is { } map
            ? [.. map.EnumerateObject().Select(entry => (EmojiKey.OfHex(entry.Name), entry.Value.GetString()!))]
            : [];
    }

    /// <summary>All icon names, aliases last.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Emoji keys with the name of their icon.</summary>
    public IReadOnlyList<(string Key, string Icon)> Characters { get; }

    /// <summary>Reads the set that an installed package holds.</summary>
    public static IconSet Read(PackageFolder packages, string package)
    {
        using var icons = packages.ReadJson(package, "icons.json");
        using var characters = packages.ReadJson(package, "chars.json");
        return new IconSet(icons.RootElement, characters.RootElement);
    }

    /// <summary>The icon as a square SVG document, black where it takes the text's color.</summary>
    /// <param name="name">A name of <see cref="Names"/>.</param>
    /// <param name="size">Edge length in pixels.</param>
    /// <exception cref="DatasetException">An alias leads nowhere.</exception>
    public string ToSvg(string name, int size)
    {
        var icon = Resolve(name, out var hFlip, out var vFlip, out var quarterTurns);
        var (left, top) = (Number(icon, "left", 0), Number(icon, "top", 0));
        var (width, height) = (Number(icon, "width", 16), Number(icon, "height", 16));
        var body = icon.GetProperty("body").GetString()!.Replace("currentColor", "#000");
        if (hFlip)
            body = Text($"<g transform=\"translate({2 * left + width} 0) scale(-1 1)\">{body}</g>");
        if (vFlip)
            body = Text($"<g transform=\"translate(0 {2 * top + height}) scale(1 -1)\">{body}</g>");
        if (quarterTurns % 4 != 0)
            body = Text($"<g transform=\"rotate({90 * quarterTurns} {left + width / 2} {top + height / 2})\">{body}</g>");

        var edge = Math.Max(width, height);
        var box = Text($"{left - (edge - width) / 2} {top - (edge - height) / 2} {edge} {edge}");
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{box}" width="{size}" height="{size}">{body}</svg>
            """;
    }

    private JsonElement Resolve(string name, out bool hFlip, out bool vFlip, out int quarterTurns)
    {
        (hFlip, vFlip, quarterTurns) = (false, false, 0);
        // No chain is longer than the number of aliases, unless it is a circle.
        for (var step = 0; step <= Names.Count; step++)
        {
            if (_icons.TryGetProperty(name, out var icon))
                return icon;
            if (!_aliases.TryGetProperty(name, out var alias))
                break;

            name = alias.GetProperty("parent").GetString()!;
            hFlip ^= alias.TryGetProperty("hFlip", out var flip) && flip.GetBoolean();
            vFlip ^= alias.TryGetProperty("vFlip", out flip) && flip.GetBoolean();
            quarterTurns += alias.TryGetProperty("rotate", out var turns) ? turns.GetInt32() : 0;
        }

        throw new DatasetException($"The icon set has no icon '{name}', which an alias names. Install the package again.");
    }

    private double Number(JsonElement icon, string property, double fallback) =>
        icon.TryGetProperty(property, out var number) || _root.TryGetProperty(property, out number) ? number.GetDouble() : fallback;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
