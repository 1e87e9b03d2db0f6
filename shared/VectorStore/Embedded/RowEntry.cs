using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>Where a row's record and thumbnail lie: 40 bytes, little-endian.</summary>
[StructLayout(LayoutKind.Sequential)]
readonly record struct RowEntry(
    long RecordOffset, long ThumbnailOffset, ulong ImageIdHash, int RecordLength, int ThumbnailLength, uint RecordChecksum, uint Reserved = 0)
{
    public const int Size = 40;
    public const int MaxRecordBytes = 1 << 20, MaxThumbnailBytes = 1 << 24;

    /// <summary>Finds an image's rows without reading records; a match is confirmed by the record.</summary>
    public static ulong HashImageId(string imageId) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(imageId));
}
