using System.Text.RegularExpressions;

namespace RdmCloud.Training.Data;

/// <summary>Names as icon sets write them.</summary>
public static partial class Slug
{
    /// <summary>Lower case, words joined by dashes: <c>Crab’s Claw &amp; co</c> gives <c>crabs-claw-and-co</c>.</summary>
    public static string Of(string name)
    {
        // Of all subjects only the piñata has a letter outside ASCII.
        var plain = Punctuation().Replace(name.ToLowerInvariant().Replace('ñ', 'n'), "").Replace("&", "and");
        return Separators().Replace(plain, "-").Trim('-');
    }

    /// <summary>The slug without dashes, for sets that write names in one word.</summary>
    public static string Flat(string name) => Of(name).Replace("-", "");

    [GeneratedRegex("[’'“”\"().,!]")]
    private static partial Regex Punctuation();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Separators();
}
