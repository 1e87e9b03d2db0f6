using System.Globalization;
using System.Text;

namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>
/// Splits a cleaned text into CLIP's words: a special token, an English contraction, a run of letters, one digit, or a run
/// of anything else but white space. Letters beyond the basic plane count as letters.
/// </summary>
static class ClipWords
{
    public const string Start = "<|startoftext|>";
    public const string End = "<|endoftext|>";

    static readonly string[] Fixed = [Start, End, "'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    enum Kind { Space, Letter, Number, Other }

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

    static int LengthAt(string text, int start, out Kind kind)
    {
        kind = KindAt(text, start, out var length);
        if (kind == Kind.Other && Array.Find(Fixed, word => Starts(text, start, word)) is { } fixedWord)
            return fixedWord.Length;
        if (kind is Kind.Letter or Kind.Other)
            while (start + length < text.Length && KindAt(text, start + length, out var more) == kind)
                length += more;
        return length;
    }

    static bool Starts(string text, int index, string word) =>
        string.CompareOrdinal(text, index, word, 0, word.Length) == 0;

    static Kind KindAt(string text, int index, out int length)
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
