namespace RdmCloud.VectorStore.Embedded;

/// <summary>The newest state that an open index knows.</summary>
sealed class CurrentSnapshot(DatabaseFolder folder, DatabaseInfo info) : IDisposable
{
    readonly Lock gate = new();
    Snapshot? snapshot = new(folder, info);

    /// <summary>To be disposed by the caller; what the files hold may be newer by then.</summary>
    public Snapshot Share()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(snapshot is null, this);
            return snapshot.Share();
        }
    }

    /// <summary>Reads the small commit file, and opens the others again only where it changed.</summary>
    public void Refresh()
    {
        Commit? known;
        lock (gate)
            known = snapshot?.Commit;
        if (known is null || known == Commit.Read(folder))
            return;
        var next = new Snapshot(folder, info);
        lock (gate)
            if (snapshot is not null && next.Commit.IsAfter(snapshot.Commit)) // neither after Dispose nor back to an older state
                (snapshot, next) = (next, snapshot);
        next.Dispose();
    }

    /// <summary>Whether there is a newer state than the one given.</summary>
    public bool IsOvertaken(Snapshot seen)
    {
        Refresh();
        lock (gate)
            return snapshot is not null && snapshot != seen;
    }

    public void Dispose()
    {
        Snapshot? last;
        lock (gate)
            (last, snapshot) = (snapshot, null);
        last?.Dispose();
    }
}
