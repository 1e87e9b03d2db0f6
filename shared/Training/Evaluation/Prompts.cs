using RdmCloud.Training.Styles;

namespace RdmCloud.Training.Evaluation;

/// <summary>What is asked for in an evaluation.</summary>
public static class Prompts
{
    /// <summary>All titles in the databases.</summary>
    public static IReadOnlyList<string> All(IReadOnlyList<StyleDatabase> databases) =>
        [.. databases.SelectMany(database => database.Rows)
            .Select(StyleDatabase.TitleOf).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>
    /// Titles of subjects that no RDM was trained on, or of any where none is held out; the same for the same seed.
    /// </summary>
    public static IReadOnlyList<string> Choose(IReadOnlyList<StyleDatabase> databases, int count, uint seed)
    {
        var rows = databases.SelectMany(database => database.Rows).ToArray();
        var heldOut = rows.Where(StyleDatabase.IsHeldOut).ToArray();
        var chosen = heldOut.Length > 0 ? heldOut : rows;
        string[] titles = [.. chosen.Select(StyleDatabase.TitleOf).Distinct().Order(StringComparer.Ordinal)];
        new Random(unchecked((int)seed)).Shuffle(titles);
        return [.. Enumerable.Range(0, count).Select(i => titles[i % titles.Length])];
    }
}
