namespace RdmCloud.Training.Data;

/// <summary>The key of an emoji: its code points in lower-case hex, joined by dashes.</summary>
public static class EmojiKey
{
    /// <summary>The key of a character sequence, e.g. ☀️ gives <c>2600</c>.</summary>
    public static string OfText(string emoji) => Join(emoji.EnumerateRunes().Select(rune => rune.Value.ToString("x4")));

    /// <summary>The key of code points that are already written in hex, e.g. <c>2600-FE0F</c> gives <c>2600</c>.</summary>
    public static string OfHex(string codePoints) =>
        Join(codePoints.ToLowerInvariant().Split('-').Select(hex => hex.PadLeft(4, '0')));

    // U+FE0F only asks for color; sets disagree about writing it.
    static string Join(IEnumerable<string> codePoints) => string.Join('-', codePoints.Where(hex => hex != "fe0f"));
}
