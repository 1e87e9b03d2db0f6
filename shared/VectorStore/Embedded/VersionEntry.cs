using System.Runtime.InteropServices;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>One version: entry n - 1 of versions.bin describes version n. 24 bytes, little-endian.</summary>
/// <param name="Created">Ticks in UTC.</param>
/// <param name="Rows">Rows in the files as of this version, removed ones too.</param>
/// <param name="Removed">Rows that this version removed.</param>
[StructLayout(LayoutKind.Sequential)]
readonly record struct VersionEntry(long Created, long Rows, long Removed);
