using System.Text;

namespace RdmCloud.Cli.Generate;

/// <summary>Words as part of a file's name: lower-case letters and digits of any script, joined by hyphens.</summary>
static class Slug
{
    const int MostCharacters = 60;

    public static string Of(string text)
    {
        var slug = new StringBuilder();
        foreach (var rune in text.ToLowerInvariant().EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune) && slug.Length < MostCharacters)
                slug.Append(rune);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        return slug.ToString().Trim('-') is { Length: > 0 } words ? words : "picture";
    }
}
