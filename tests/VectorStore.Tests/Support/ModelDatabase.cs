namespace RdmCloud.VectorStore.Support;

/// <summary>What an index promises, said with a list.</summary>
sealed class ModelDatabase
{
    readonly List<(DatabaseRow Row, long Added, long Removed)> rows = [];

    public long Version => Changes.Count;

    public List<(long Added, long Removed)> Changes { get; } = [];

    public DatabaseRow Row(long row) => rows[(int)row].Row;

    public List<ListedRow> At(long version) => [.. rows.Index()
        .Where(item => item.Item.Added <= version && version < item.Item.Removed)
        .Select(item => new ListedRow(item.Index, item.Item.Row.Provenance))];

    public long Append(IReadOnlyCollection<DatabaseRow> added) => Change(added, []);

    public long Upsert(IEnumerable<DatabaseRow> images)
    {
        var changed = images.GroupBy(row => row.Provenance.ImageId).Where(image => !IsPresent(image.Key, [.. image])).ToList();
        return Change([.. changed.SelectMany(image => image)], [.. changed.SelectMany(image => Visible(image.Key))]);
    }

    public Removal Remove(IEnumerable<string> imageIds)
    {
        var removed = imageIds.SelectMany(Visible).ToList();
        return new(Change([], removed), removed.Count);
    }

    public Removal Purge(IEnumerable<string> imageIds)
    {
        var ids = imageIds.ToHashSet();
        var version = Remove(ids).Version;
        var purged = rows.Index()
            .Where(item => item.Item.Removed != 0 && ids.Contains(item.Item.Row.Provenance.ImageId)).ToList();
        foreach (var (row, _) in purged)
            rows[row] = rows[row] with { Removed = 0 };
        return new(version, purged.Count);
    }

    IEnumerable<int> Visible(string imageId) =>
        At(Version).Where(row => row.Provenance.ImageId == imageId).Select(row => (int)row.Row);

    bool IsPresent(string imageId, List<DatabaseRow> image) =>
        Visible(imageId).Select(row => rows[row].Row).ToList() is var present
        && present.Count == image.Count
        && present.Zip(image).All(pair => pair.First.Provenance == pair.Second.Provenance
            && pair.First.Embedding.Span.SequenceEqual(pair.Second.Embedding.Span));

    long Change(IReadOnlyCollection<DatabaseRow> added, IReadOnlyCollection<int> removed)
    {
        if (added.Count + removed.Count == 0)
            return Version;
        Changes.Add((added.Count, removed.Count));
        foreach (var row in removed)
            rows[row] = rows[row] with { Removed = Version };
        rows.AddRange(added.Select(row => (row, Version, long.MaxValue)));
        return Version;
    }
}
