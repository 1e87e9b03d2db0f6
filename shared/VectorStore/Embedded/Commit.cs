using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// How much of a database's files counts. Replacing this one small file makes an append visible; whatever a crash left
/// behind the committed lengths is overwritten by the next append.
/// </summary>
sealed record Commit(long Rows, long RecordBytes, long ThumbnailBytes, uint Checksum)
{
    const long MaxBytes = 4096;

    public static Commit Of(long rows, long recordBytes, long thumbnailBytes) =>
        new(rows, recordBytes, thumbnailBytes, ChecksumOf(rows, recordBytes, thumbnailBytes));

    public static Commit Read(DatabaseFolder folder)
    {
        if (!File.Exists(folder.Commit))
            throw new DatabaseException($"'{folder.Path}' is not a complete database: it holds no commit.json. Import it again.");
        var commit = DatabaseJson.Read(folder.Commit, MaxBytes, DatabaseJson.Default.Commit);
        var (rows, recordBytes, thumbnailBytes, checksum) = commit;
        if (checksum != ChecksumOf(rows, recordBytes, thumbnailBytes) || rows < 0 || recordBytes < 0 || thumbnailBytes < 0)
            throw new DatabaseException($"'{folder.Commit}' is damaged: its checksum does not match. Import the database again or restore a copy.");
        return commit;
    }

    public void Write(DatabaseFolder folder)
    {
        var temporary = folder.Commit + ".tmp";
        using (var stream = File.Create(temporary))
        {
            JsonSerializer.Serialize(stream, this, DatabaseJson.Default.Commit);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, folder.Commit, overwrite: true); // atomic
    }

    static uint ChecksumOf(long rows, long recordBytes, long thumbnailBytes) =>
        Crc32.HashToUInt32(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{rows} {recordBytes} {thumbnailBytes}")));
}
