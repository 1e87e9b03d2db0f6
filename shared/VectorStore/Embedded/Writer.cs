namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// One change of a database by its one writer. Nothing is visible before <see cref="Commit"/>;
/// the lock is held until Dispose.
/// </summary>
sealed class Writer : IDisposable
{
    readonly DatabaseFolder folder;
    readonly IDisposable writerLock;
    readonly RowWriter rows;
    readonly List<RemovalEntry> removals = [];

    public Writer(DatabaseFolder folder, DatabaseInfo info)
    {
        this.folder = folder;
        writerLock = WriterLock.Take(folder);
        try
        {
            Before = new(folder, info);
            if (Eraser.Finish(folder, Before)) // a purge was cut short
            {
                Before.Dispose();
                Before = new(folder, info);
            }
            rows = new(folder, Before.Layout, Before.Commit);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The database before this change.</summary>
    public Snapshot Before { get; }

    public long Version => Before.History.Latest;

    public void Append(EncodedRow row) => rows.Write(row);

    /// <summary>Removes rows that the latest version has.</summary>
    public void Remove(IEnumerable<long> visible) => removals.AddRange(visible.Select(row => new RemovalEntry(row, Version + 1)));

    /// <summary>Hides rows of any version from all of them.</summary>
    public void Purge(IEnumerable<long> unpurged) => removals.AddRange(unpurged.Select(row => new RemovalEntry(row, 0)));

    /// <summary>Makes everything visible together.</summary>
    /// <returns>The latest version: a new one if any row became visible or ceased to be.</returns>
    public long Commit(TimeProvider time)
    {
        var removed = removals.Count(removal => !removal.IsPurge);
        var isNewVersion = rows.Count > Before.Commit.Rows || removed > 0;
        if (!isNewVersion && removals.Count == 0)
            return Version;
        var history = Before.History.With(isNewVersion ? [new(time.GetUtcNow().UtcTicks, rows.Count, removed)] : [], removals);
        rows.FlushToDisk();
        history.Write(folder, Before.Commit);
        var commit = new Commit(
            rows.Count, rows.RecordBytes, rows.ThumbnailBytes,
            history.Latest, history.Removals, Before.Commit.Erased, history.Checksum);
        commit.Write(folder);
        return history.Latest;
    }

    /// <summary>Overwrites what this change purged, once it is committed.</summary>
    public void Erase()
    {
        if (!removals.Any(removal => removal.IsPurge))
            return;
        using var after = new Snapshot(folder, Before.Info);
        Eraser.Finish(folder, after);
    }

    public void Dispose()
    {
        foreach (var resource in (IDisposable?[])[rows, Before, writerLock])
            resource?.Dispose();
    }
}
