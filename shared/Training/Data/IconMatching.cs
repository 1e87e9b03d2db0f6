namespace RdmCloud.Training.Data;

/// <summary>Finds the icon of each subject in a set.</summary>
public static class IconMatching
{
    /// <summary>
    /// Icons of an emoji set by subject key: by code point where the set has them, else by the subject's name, else by
    /// a name that older sets use.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Emoji(IconSet set, IReadOnlyList<EmojiSubject> subjects)
    {
        var keys = subjects.Select(subject => subject.Key).ToHashSet();
        var names = set.Icons.Select(icon => icon.Name).ToHashSet();
        var matches = new Dictionary<string, string>();
        foreach (var (key, icon) in set.Characters)
            if (keys.Contains(key) && names.Contains(icon))
                matches.TryAdd(key, icon);

        var bySlug = Index(subjects, subject => [Slug.Of(subject.Name)]);
        var byFlatName = Index(subjects, subject => [Slug.Flat(subject.Name)]);
        var byAlias = Index(subjects, subject => subject.Aliases);
        foreach (var (icon, _) in set.Icons)
        {
            var flat = icon.Replace("-", "");
            // Streamline numbers its variants; the first is the emoji.
            var first = icon.EndsWith("-1") ? icon[..^2] : icon;
            if (bySlug.TryGetValue(icon, out var key) || byFlatName.TryGetValue(flat, out key) ||
                byAlias.TryGetValue(flat, out key) || bySlug.TryGetValue(first, out key))
                matches.TryAdd(key, icon);
        }

        return matches;
    }

    /// <summary>
    /// Icons of a general set by subject key: the shortest icon name that holds every word of the subject's name and
    /// at most one more.
    /// </summary>
    public static IReadOnlyDictionary<string, string> General(IconSet set, IReadOnlyList<EmojiSubject> subjects)
    {
        var icons = set.Icons.Select(icon => (icon.Name, Words: icon.Name.Split('-')))
            .OrderBy(icon => icon.Words.Length).ThenBy(icon => icon.Name, StringComparer.Ordinal).ToArray();
        var matches = new Dictionary<string, string>();
        foreach (var subject in subjects)
        {
            var words = Slug.Of(subject.Name).Split('-');
            var icon = icons.FirstOrDefault(icon => icon.Words.Length <= words.Length + 1 && words.All(icon.Words.Contains));
            if (icon.Name is not null)
                matches.Add(subject.Key, icon.Name);
        }

        return matches;
    }

    static Dictionary<string, string> Index(
        IEnumerable<EmojiSubject> subjects, Func<EmojiSubject, IEnumerable<string>> names)
    {
        var index = new Dictionary<string, string>();
        foreach (var subject in subjects)
            foreach (var name in names(subject))
                index.TryAdd(name, subject.Key);
        return index;
    }
}
