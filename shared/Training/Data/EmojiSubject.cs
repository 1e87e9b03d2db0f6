using System.Text.RegularExpressions;

namespace RdmCloud.Training.Data;

/// <summary>What a picture shows: one emoji, whoever draws it.</summary>
/// <param name="Key">Code points without the variation selector, e.g. <c>1f43b-200d-2744</c>.</param>
/// <param name="Emoji">The character sequence itself.</param>
/// <param name="Name">The Unicode short name, e.g. <c>polar bear</c>.</param>
/// <param name="Group">The Unicode group, e.g. <c>Animals &amp; Nature</c>.</param>
/// <param name="Keywords">Other words for it, lower case, sorted, without the name.</param>
/// <param name="Aliases">Names that older sets use for it, as flat slugs.</param>
public sealed partial record EmojiSubject(
    string Key, string Emoji, string Name, string Group, IReadOnlyList<string> Keywords, IReadOnlyList<string> Aliases)
{
    /// <summary>
    /// Whether the data set holds it: no flags, no keycaps, no gendered or family sequences, which repeat other subjects.
    /// </summary>
    public bool IsCore =>
        Group != "Flags" && !Key.Contains("20e3") && !(Key.Contains("200d") && RepeatsAnother().IsMatch(Name));

    /// <summary>Whether the name tells it from its siblings by a color, e.g. <c>green heart</c>.</summary>
    public bool IsNamedForColor => Color().IsMatch(Name);

    [GeneratedRegex(@"^((man|woman|men|women)\b|family|couple with heart|kiss)")]
    private static partial Regex RepeatsAnother();

    [GeneratedRegex(@"\b(red|orange|yellow|green|blue|purple|brown|black|white|pink|grey)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Color();
}
