using System.Globalization;
using System.Text;

namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>
/// Splits a text into the words of uncased BERT: at white space, around each punctuation mark and each Chinese character;
/// control characters are dropped, letters lower-cased and stripped of accents. BERT's own special tokens stay whole.
/// </summary>
static class BertWords
{
    public const string Start = "[CLS]", End = "[SEP]", Unknown = "[UNK]";

    static readonly string[] Special = [Start, End, Unknown, "[PAD]", "[MASK]"];

    public static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var special = text[i] == '[' ? Array.Find(Special, token => Starts(text, i, token)) : null;
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            i += special?.Length ?? length;
            if (special is null && IsDropped(rune))
                continue;
            var isolated = special is not null || Rune.IsWhiteSpace(rune) || IsChinese(rune.Value);
            if (isolated && word.Length > 0)
                yield return Take(word);
            if (isolated && !Rune.IsWhiteSpace(rune))
                yield return special ?? AccentFolding.Fold(rune);
            if (isolated)
                continue;
            foreach (var folded in AccentFolding.Fold(rune).EnumerateRunes())
                if (!IsPunctuation(folded))
                    word.Append(folded);
                else
                {
                    if (word.Length > 0)
                        yield return Take(word);
                    yield return folded.ToString();
                }
        }
        if (word.Length > 0)
            yield return Take(word);
    }

    static bool Starts(string text, int index, string token) =>
        string.CompareOrdinal(text, index, token, 0, token.Length) == 0;

    static string Take(StringBuilder word)
    {
        var taken = word.ToString();
        word.Clear();
        return taken;
    }

    static bool IsDropped(Rune rune) => rune.Value is not ('\t' or '\n' or '\r')
        && (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    // BERT takes every ASCII symbol as punctuation.
    static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? !Rune.IsLetterOrDigit(rune) && rune.Value > ' '
        : Rune.GetUnicodeCategory(rune) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;

    static bool IsChinese(int value) => value is >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF
        or >= 0x20000 and <= 0x2A6DF or >= 0x2A700 and <= 0x2CEAF or >= 0xF900 and <= 0xFAFF or >= 0x2F800 and <= 0x2FA1F;
}
