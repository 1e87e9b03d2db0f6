using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>Entries of one size, one behind the other.</summary>
static class LogFile
{
    /// <exception cref="DatabaseException">The file is missing or shorter than <paramref name="count"/> entries.</exception>
    public static T[] Read<T>(string path, long count) where T : unmanaged
    {
        if (count == 0)
            return [];
        if (count > int.MaxValue / Unsafe.SizeOf<T>())
            throw new DatabaseException($"'{path}' is damaged: it counts {count} entries.");
        using var stream = CommittedFile.OpenRead(path, count * Unsafe.SizeOf<T>());
        var entries = new T[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(entries.AsSpan()));
        return entries;
    }

    /// <summary>Writes entries to the disk, behind the first <paramref name="position"/>.</summary>
    public static void Write<T>(string path, long position, ReadOnlySpan<T> entries) where T : unmanaged
    {
        if (entries.IsEmpty)
            return;
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Position = position * Unsafe.SizeOf<T>();
        stream.Write(MemoryMarshal.AsBytes(entries));
        stream.Flush(flushToDisk: true);
    }
}
