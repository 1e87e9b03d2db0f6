using System.Globalization;
using System.Text;

namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>
/// Splits a cleaned text into CLIP's words: a special token, an English contraction, a run of letters, one digit, or a run
/// of anything else but white space. Letters beyond the basic plane count as letters.
/// </summary>
internal static class ClipWords
{
    public const string Start = "<|startoftext|>";
    public const string End = "<|endoftext|>";

    private static readonly string[] Fixed = [Start, End, "'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind { Space, Letter, Number, Other }

    public static IEnumerable<string> Split(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = LengthAt(text, i, out var kind);
            if (kind != Kind.Space)
                yield return text.Substring(i, length);
            i += length;
        }
    }

    private static int LengthAt(string text, int start, out Kind kind)
    {
        kind = KindAt(text, start, out var length);
        if (kind == Kind.Other && Array.Find(Fixed, word => string.CompareOrdinal(text, start, word, 0, word.Length) == 0) is { } word)
            return word.Length;
        if (kind is Kind.Letter or Kind.Other)
            while (start + length < text.Length && KindAt(text, start + length, out var more) == kind)
                length += more;
        return length;
    }

    private static Kind KindAt(string text, int index, out int length)
    {
        Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out length);
        return Rune.IsWhiteSpace(rune) ? Kind.Space : Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
            _ => Kind.Other,
        };
    }
}
