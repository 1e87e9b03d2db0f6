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
    public static IReadOnlyList<EmojiSubject> Read(PackageFolder packages)
    {
        using var names = packages.ReadJson("unicode-emoji-json", "data-by-emoji.json");
        var keywords = ReadKeywords(packages);
        var aliases = ReadAliases(packages);
        return [.. names.RootElement.EnumerateObject().Select(entry =>
        {
            var key = EmojiKey.OfText(entry.Name);
            var name = entry.Value.GetProperty("name").GetString()!;
            return new EmojiSubject(
                key, entry.Name, name, entry.Value.GetProperty("group").GetString()!,
                [.. keywords[key].Where(word => word != name.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)],
                [.. aliases[key]]);
        })];
    }

    private static ILookup<string, string> ReadKeywords(PackageFolder packages)
    {
        using var emojilib = packages.ReadJson("emojilib", "dist/emoji-en-US.json");
        using var cldr = packages.ReadJson("cldr-annotations-full", "annotations/en/annotations.json");
        var annotations = cldr.RootElement.GetProperty("annotations").GetProperty("annotations").EnumerateObject()
            .Where(entry => entry.Value.TryGetProperty("default", out _))
            .Select(entry => (entry.Name, Words: entry.Value.GetProperty("default")));
        return emojilib.RootElement.EnumerateObject().Select(entry => (entry.Name, Words: entry.Value))
            .Concat(annotations)
            .SelectMany(entry => entry.Words.EnumerateArray(), (entry, word) => (
                Key: EmojiKey.OfText(entry.Name),
                Word: word.GetString()!.Replace('_', ' ').Trim().ToLowerInvariant()))
            .Where(entry => Readable().IsMatch(entry.Word))
            .ToLookup(entry => entry.Key, entry => entry.Word);
    }

    private static ILookup<string, string> ReadAliases(PackageFolder packages)
    {
        using var datasource = packages.ReadJson("emoji-datasource", "emoji.json");
        return datasource.RootElement.EnumerateArray()
            .SelectMany(
                entry => entry.GetProperty("short_names").EnumerateArray().Prepend(entry.GetProperty("name")),
                (entry, name) => (
                    Key: EmojiKey.OfHex(entry.GetProperty("unified").GetString()!),
                    Alias: Slug.Flat(name.GetString() ?? "")))
            .Where(entry => entry.Alias != "")
            .ToLookup(entry => entry.Key, entry => entry.Alias);
    }

    // Words that a person would type: no smileys, no other scripts.
    [GeneratedRegex("^[a-z][a-z0-9 .&'’-]+$")]
    private static partial Regex Readable();
}
