using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// How much of a database's files counts. Replacing this one small file makes a change visible; whatever a crash left
/// behind the committed lengths is overwritten by the next change.
/// </summary>
/// <param name="Versions">Entries of versions.bin; 0 in a database that has not changed since before there were versions.</param>
/// <param name="Removals">Entries of removals.bin.</param>
/// <param name="Erased">Up to which entry of removals.bin the purged rows are overwritten.</param>
/// <param name="HistoryChecksum">Of those entries of the two files.</param>
sealed record Commit(long Rows = 0, long RecordBytes = 0, long ThumbnailBytes = 0,
    long Versions = 0, long Removals = 0, long Erased = 0, uint HistoryChecksum = 0)
{
    const long MaxBytes = 4096;

    public uint Checksum { get; init; }

    /// <summary>
    /// Whether this one was committed after another of the same database: no count ever falls, and each commit raises one.
    /// </summary>
    public bool IsAfter(Commit other) =>
        Rows + Versions + Removals + Erased > other.Rows + other.Versions + other.Removals + other.Erased;

    public static Commit Read(DatabaseFolder folder)
    {
        if (!File.Exists(folder.Commit))
            throw new DatabaseException($"'{folder.Path}' is not a complete database: it holds no commit.json. Import it again.");
        var commit = DatabaseJson.Read(folder.Commit, MaxBytes, DatabaseJson.Default.Commit);
        if (commit.Checksum != commit.ComputeChecksum() || commit is not
            { Rows: >= 0, RecordBytes: >= 0, ThumbnailBytes: >= 0, Versions: >= 0, Removals: >= 0, Erased: >= 0 }
            || commit.Erased > commit.Removals)
            throw new DatabaseException($"'{folder.Commit}' is damaged: its checksum does not match. "
                + "Import the database again or restore a copy.");
        return commit;
    }

    public void Write(DatabaseFolder folder)
    {
        var temporary = folder.Commit + ".tmp";
        using (var stream = File.Create(temporary))
        {
            JsonSerializer.Serialize(stream, this with { Checksum = ComputeChecksum() }, DatabaseJson.Default.Commit);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, folder.Commit, overwrite: true); // atomic
    }

    uint ComputeChecksum()
    {
        var history = Versions == 0 ? "" : FormattableString.Invariant($" {Versions} {Removals} {Erased} {HistoryChecksum}");
        var lengths = FormattableString.Invariant($"{Rows} {RecordBytes} {ThumbnailBytes}");
        return Crc32.HashToUInt32(Encoding.ASCII.GetBytes(lengths + history));
    }
}
