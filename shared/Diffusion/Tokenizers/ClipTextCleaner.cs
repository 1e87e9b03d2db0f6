using System.Buffers;
using System.Net;
using System.Text;

namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>
/// CLIP's cleaning of a text: HTML entities are decoded twice, runs of white space become one space, letters lower case.
/// Mojibake is left as it is. A lone surrogate becomes U+FFFD.
/// </summary>
static class ClipTextCleaner
{
    public static string Clean(string text)
    {
        var decoded = WebUtility.HtmlDecode(WebUtility.HtmlDecode(text));
        var cleaned = new StringBuilder(decoded.Length);
        var space = false;
        for (var i = 0; i < decoded.Length;)
        {
            var found = Rune.DecodeFromUtf16(decoded.AsSpan(i), out var rune, out var length);
            i += length;
            if (found == OperationStatus.Done && Rune.IsWhiteSpace(rune))
            {
                space = true;
                continue;
            }
            if (space && cleaned.Length > 0)
                cleaned.Append(' ');
            space = false;
            cleaned.Append(Lower(rune, decoded, i));
        }
        return cleaned.ToString();
    }

    // Unicode's two lower-case rules that depend on more than one character: dotted I, and sigma at the end of a word.
    static string Lower(Rune rune, string text, int after) => rune.Value switch
    {
        'İ' => "i\u0307",
        'Σ' when EndsWord(text, after) => "ς",
        _ => Rune.ToLowerInvariant(rune).ToString(),
    };

    static bool EndsWord(string text, int after) =>
        after >= 2 && char.IsLetter(text[after - 2]) && (after == text.Length || !char.IsLetter(text[after]));
}
