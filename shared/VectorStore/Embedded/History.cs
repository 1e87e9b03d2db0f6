using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// The versions of a database and the rows that they removed, as one commit left them: two files that only grow, read whole.
/// A database from before there were versions has no such files; all its rows count as version 1.
/// </summary>
sealed class History
{
    readonly VersionEntry[] versions;
    readonly RemovalEntry[] removals;

    History(VersionEntry[] versions, RemovalEntry[] removals)
    {
        this.versions = versions;
        this.removals = removals;
    }

    public long Latest => versions.Length;

    public long Removals => removals.Length;

    public uint Checksum
    {
        get
        {
            var checksum = new Crc32();
            checksum.Append(MemoryMarshal.AsBytes<VersionEntry>(versions));
            checksum.Append(MemoryMarshal.AsBytes<RemovalEntry>(removals));
            return checksum.GetCurrentHashAsUInt32();
        }
    }

    /// <param name="created">When the database was created.</param>
    /// <exception cref="DatabaseException">The files are damaged.</exception>
    public static History Read(DatabaseFolder folder, Commit commit, DateTimeOffset created)
    {
        if (commit.Versions == 0)
            return new(commit.Rows == 0 ? [] : [new(created.UtcTicks, commit.Rows, 0)], []);
        var history = new History(
            LogFile.Read<VersionEntry>(folder.Versions, commit.Versions),
            LogFile.Read<RemovalEntry>(folder.Removals, commit.Removals));
        if (history.Checksum != commit.HistoryChecksum || !history.IsSound(commit.Rows))
            throw new DatabaseException(
                $"'{folder.Versions}' or '{folder.Removals}' is damaged: they do not match '{folder.Commit}'. "
                + "Import the database again or restore a copy.");
        return history;
    }

    public History With(IEnumerable<VersionEntry> newVersions, IEnumerable<RemovalEntry> newRemovals) =>
        new([.. versions, .. newVersions], [.. removals, .. newRemovals]);

    /// <summary>Writes what a commit does not hold yet behind what it holds.</summary>
    public void Write(DatabaseFolder folder, Commit commit)
    {
        LogFile.Write<VersionEntry>(folder.Versions, commit.Versions, versions.AsSpan((int)commit.Versions..));
        LogFile.Write<RemovalEntry>(folder.Removals, commit.Removals, removals.AsSpan((int)commit.Removals..));
    }

    public RemovedRows Removed() => new(removals);

    /// <summary>The rows in the files as of a version.</summary>
    public long RowsAt(long version) => version == 0 ? 0 : versions[version - 1].Rows;

    /// <summary>The rows that were purged after the first <paramref name="erased"/> removals.</summary>
    public List<long> PurgedAfter(long erased) =>
        [.. removals[(int)erased..].Where(removal => removal.IsPurge).Select(removal => removal.Row)];

    public IReadOnlyList<DatabaseVersion> ToList() => [.. versions.Select((entry, i) =>
        new DatabaseVersion(i + 1, new(entry.Created, TimeSpan.Zero), entry.Rows - RowsAt(i), entry.Removed))];

    bool IsSound(long rows) =>
        RowsAt(Latest) == rows
        && Enumerable.Range(0, versions.Length).All(i => versions[i] is { Created: >= 0, Rows: >= 0, Removed: >= 0 }
            && versions[i].Created <= DateTime.MaxValue.Ticks && versions[i].Rows >= RowsAt(i))
        && removals.All(removal => removal.Row >= 0 && removal.Row < rows && removal.Version >= 0 && removal.Version <= Latest);
}
