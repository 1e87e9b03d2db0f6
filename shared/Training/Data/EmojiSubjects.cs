using System.Text.Json;
using System.Text.RegularExpressions;

namespace RdmCloud.Training.Data;

/// <summary>
/// Every emoji with its names and keywords, from unicode-emoji-json (names, groups), emojilib and CLDR (keywords) and
/// emoji-datasource (names that older sets use).
/// </summary>
public static partial class EmojiSubjects
{
    /// <summary>Reads all subjects in Unicode's order, those outside the core too, since an icon may be theirs.</summary>
    /// <exception cref="DatasetException">A package is missing or damaged.</exception>
    public static IReadOnlyList<EmojiSubject> Read(PackageFolder packages)
    {
        var keywords = packages.Read("emojilib", "dist/emoji-en-US.json", ReadEmojilib)
            .Concat(packages.Read("cldr-annotations-full", "annotations/en/annotations.json", ReadCldr))
            .Where(entry => Readable().IsMatch(entry.Word))
            .ToLookup(entry => entry.Key, entry => entry.Word);
        var aliases = packages.Read("emoji-datasource", "emoji.json", ReadAliases)
            .ToLookup(entry => entry.Key, entry => entry.Alias);
        return packages.Read("unicode-emoji-json", "data-by-emoji.json", names => names.EnumerateObject().Select(entry =>
        {
            var key = EmojiKey.OfText(entry.Name);
            var name = entry.Value.GetProperty("name").GetString()!;
            return new EmojiSubject(
                key, entry.Name, name, entry.Value.GetProperty("group").GetString()!,
                [.. keywords[key].Where(word => word != name.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)],
                [.. aliases[key]]);
        }).ToList());
    }

    static List<(string Key, string Word)> ReadEmojilib(JsonElement emojilib) =>
        [.. emojilib.EnumerateObject().SelectMany(entry => Words(entry.Name, entry.Value))];

    static List<(string Key, string Word)> ReadCldr(JsonElement cldr) =>
        [.. cldr.GetProperty("annotations").GetProperty("annotations").EnumerateObject()
            .Where(entry => entry.Value.TryGetProperty("default", out _))
            .SelectMany(entry => Words(entry.Name, entry.Value.GetProperty("default")))];

    static IEnumerable<(string Key, string Word)> Words(string emoji, JsonElement words) => words.EnumerateArray()
        .Select(word => (EmojiKey.OfText(emoji), word.GetString()!.Replace('_', ' ').Trim().ToLowerInvariant()));

    static List<(string Key, string Alias)> ReadAliases(JsonElement datasource) =>
        [.. datasource.EnumerateArray()
            .SelectMany(
                entry => entry.GetProperty("short_names").EnumerateArray().Prepend(entry.GetProperty("name")),
                (entry, name) => (
                    Key: EmojiKey.OfHex(entry.GetProperty("unified").GetString()!),
                    Alias: Slug.Flat(name.GetString() ?? "")))
            .Where(entry => entry.Alias != "")];

    // Words that a person would type: no smileys, no other scripts.
    [GeneratedRegex("^[a-z][a-z0-9 .&'’-]+$")]
    private static partial Regex Readable();
}
