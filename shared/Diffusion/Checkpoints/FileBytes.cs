using Microsoft.Win32.SafeHandles;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>A file's bytes by offset.</summary>
/// <remarks>
/// Not a memory map: the bytes are copied out once in either case, large reads from the page cache are faster than faulting
/// pages in, and a file that somebody cuts short ends in an exception here and kills the process there.
/// </remarks>
sealed class FileBytes : IDisposable
{
    readonly SafeFileHandle handle;

    FileBytes(string path, SafeFileHandle handle)
    {
        this.handle = handle;
        Path = path;
        Length = RandomAccess.GetLength(handle);
    }

    public string Path { get; }

    public long Length { get; }

    public static FileBytes Open(string path)
    {
        try
        {
            return new(path, File.OpenHandle(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointException(path, "there is no such file.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CheckpointException(path, $"the file cannot be opened. {exception.Message}", exception);
        }
    }

    /// <summary>Opens a file and reads its structure; a parser's complaint becomes an error about this file.</summary>
    public static T Open<T>(string path, Func<FileBytes, T> parse)
    {
        var file = Open(path);
        try
        {
            return parse(file);
        }
        catch (InvalidDataException exception)
        {
            file.Dispose();
            throw new CheckpointException(path, exception.Message, exception);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Fills the whole of <paramref name="destination"/>.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            var count = RandomAccess.Read(handle, destination, offset);
            if (count == 0)
                throw new CheckpointException(Path,
                    $"the file ends at byte {offset}, where more was expected. Copy or download it again.");
            offset += count;
            destination = destination[count..];
        }
    }

    public void Dispose() => handle.Dispose();
}
