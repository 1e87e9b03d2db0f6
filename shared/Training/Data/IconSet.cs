using System.Text.Json;

namespace RdmCloud.Training.Data;

/// <summary>An icon set in Iconify's JSON format.</summary>
/// <param name="Icons">Drawings by name, aliases after the icons of their own.</param>
/// <param name="Characters">Emoji keys with the name of their icon, where the set says so.</param>
public sealed record IconSet(IReadOnlyList<(string Name, Icon Icon)> Icons, IReadOnlyList<(string Key, string Name)> Characters)
{
    /// <summary>Reads the set that an installed package holds in <c>icons.json</c> and <c>chars.json</c>.</summary>
    /// <exception cref="DatasetException">The package is missing or damaged.</exception>
    public static IconSet Read(PackageFolder packages, string package) => new(
        packages.Read(package, "icons.json", ReadIcons),
        packages.Read(package, "chars.json", ReadCharacters));

    static List<(string, Icon)> ReadIcons(JsonElement set)
    {
        var icons = set.GetProperty("icons").EnumerateObject()
            .Select(entry => (entry.Name, Icon: Icon.Read(entry.Value, set))).ToList();
        if (!set.TryGetProperty("aliases", out var aliases))
            return icons;

        var byName = icons.ToDictionary(icon => icon.Name, icon => icon.Icon);
        icons.AddRange(aliases.EnumerateObject().Select(alias => (alias.Name, Resolve(alias.Name, aliases, byName))));
        return icons;
    }

    static Icon Resolve(string name, JsonElement aliases, Dictionary<string, Icon> icons)
    {
        var (hFlip, vFlip, quarterTurns) = (false, false, 0);
        var passed = new HashSet<string>();
        Icon? icon;
        while (!icons.TryGetValue(name, out icon))
        {
            if (!passed.Add(name))
                throw new InvalidDataException($"the aliases of '{name}' go round in a circle");

            var alias = aliases.GetProperty(name);
            name = alias.GetProperty("parent").GetString()!;
            hFlip ^= alias.TryGetProperty("hFlip", out var flip) && flip.GetBoolean();
            vFlip ^= alias.TryGetProperty("vFlip", out flip) && flip.GetBoolean();
            quarterTurns += alias.TryGetProperty("rotate", out var turns) ? turns.GetInt32() : 0;
        }

        return icon.Transformed(hFlip, vFlip, quarterTurns);
    }

    static List<(string, string)> ReadCharacters(JsonElement characters) =>
        [.. characters.EnumerateObject().Select(entry => (EmojiKey.OfHex(entry.Name), entry.Value.GetString()!))];
}
