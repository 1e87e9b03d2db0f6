using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>Where a row's record and thumbnail lie: 40 bytes, little-endian.</summary>
/// <param name="Erased">1 from the moment at which a purge begins to overwrite the row.</param>
[StructLayout(LayoutKind.Sequential)]
readonly record struct RowEntry(
    long RecordOffset, long ThumbnailOffset, ulong ImageIdHash,
    int RecordLength, int ThumbnailLength, uint RecordChecksum, uint Erased = 0)
{
    public const int Size = 40;
    public const int MaxRecordBytes = 1 << 20, MaxThumbnailBytes = 1 << 24;

    /// <summary>Finds an image's rows without reading records; a match is confirmed by the record.</summary>
    public static ulong HashImageId(string imageId) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(imageId));

    /// <summary>Whether its record and thumbnail lie inside the committed files.</summary>
    public bool IsWithin(Commit commit) =>
        RecordLength is >= 0 and <= MaxRecordBytes
        && RecordOffset >= 0 && RecordOffset <= commit.RecordBytes - RecordLength
        && ThumbnailLength is >= 0 and <= MaxThumbnailBytes
        && ThumbnailOffset >= 0 && ThumbnailOffset <= commit.ThumbnailBytes - ThumbnailLength;
}
