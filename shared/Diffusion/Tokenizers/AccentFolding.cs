using System.Globalization;
using System.Text;

namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>
/// Lower case without accents: Unicode's canonical decomposition (NFD) of a lower-cased character, less its nonspacing
/// marks. The decompositions are a resource, since the runtime has none in its invariant mode; its lines hold the result,
/// a space, and the characters that have this result.
/// </summary>
static class AccentFolding
{
    const int HangulFirst = 0xAC00, HangulLast = 0xD7A3;

    static readonly Dictionary<Rune, string> Unaccented = ReadUnaccented();

    public static string Fold(Rune rune)
    {
        if (rune.IsAscii)
            return Rune.ToLowerInvariant(rune).ToString();
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            return "";
        if (rune.Value is >= HangulFirst and <= HangulLast)
            return Jamo(rune.Value - HangulFirst);
        var lower = Rune.ToLowerInvariant(rune);
        return Unaccented.TryGetValue(lower, out var unaccented) ? unaccented : lower.ToString();
    }

    // The Unicode Standard, §3.12: a syllable is a leading consonant, a vowel and perhaps a trailing consonant.
    static string Jamo(int syllable)
    {
        var (leading, vowel, trailing) = (0x1100 + syllable / 588, 0x1161 + syllable % 588 / 28, 0x11A7 + syllable % 28);
        return trailing > 0x11A7 ? $"{(char)leading}{(char)vowel}{(char)trailing}" : $"{(char)leading}{(char)vowel}";
    }

    static Dictionary<Rune, string> ReadUnaccented()
    {
        using var resource = typeof(AccentFolding).Assembly.GetManifestResourceStream("unaccented.txt")!;
        using var reader = new StreamReader(resource);
        var table = new Dictionary<Rune, string>();
        while (reader.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ');
            foreach (var rune in line.AsSpan(space + 1).EnumerateRunes())
                table[rune] = line[..space];
        }
        return table;
    }
}
