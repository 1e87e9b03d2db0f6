using System.Runtime.InteropServices;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// A row is removed as of a version, or purged: removed as of version 0, that is from all of them. 16 bytes, little-endian.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
readonly record struct RemovalEntry(long Row, long Version)
{
    public bool IsPurge => Version == 0;
}
