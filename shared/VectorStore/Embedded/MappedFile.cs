using System.IO.MemoryMappedFiles;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>The first bytes of a file as read-only spans, without a copy. The start is page-aligned.</summary>
sealed unsafe class MappedFile : IDisposable
{
    readonly MemoryMappedViewAccessor? view;
    readonly byte* start;
    readonly long length;

    /// <exception cref="DatabaseException">The file is shorter than <paramref name="length"/>.</exception>
    public MappedFile(string path, long length)
    {
        using var stream = CommittedFile.OpenRead(path, length);
        this.length = length;
        if (length == 0) // an empty view is not allowed
            return;
        using var file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read,
            HandleInheritability.None, leaveOpen: true);
        view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    /// <summary>Elements <paramref name="first"/> to first + count; valid until the file is disposed.</summary>
    public ReadOnlySpan<T> Read<T>(long first, int count) where T : unmanaged
    {
        var elements = length / sizeof(T);
        if (first < 0 || count < 0 || first > elements - count)
            throw new ArgumentOutOfRangeException(nameof(first), $"Elements {first} to {first} + {count} of {elements}.");
        return new(start + first * sizeof(T), count);
    }

    public void Dispose()
    {
        if (view is null)
            return;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
    }
}
