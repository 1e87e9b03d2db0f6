using System.IO.Compression;

namespace RdmCloud.Images;

/// <summary>The files of a zip archive that nobody needs to trust, read in place: nothing is unpacked to the disk.</summary>
public sealed class PictureArchive : IDisposable
{
    /// <summary>The most that one file may unpack to.</summary>
    public const int MostBytes = 64 << 20;

    readonly ZipArchive archive;
    readonly Dictionary<string, ZipArchiveEntry> entries;

    /// <param name="zip">Can be sought; disposed of with the archive.</param>
    /// <exception cref="ImageException">It is no zip archive.</exception>
    public PictureArchive(Stream zip)
    {
        try
        {
            archive = new(zip);
            entries = archive.Entries.Where(entry => !entry.FullName.EndsWith('/'))
                .GroupBy(entry => entry.FullName).ToDictionary(same => same.Key, same => same.First());
        }
        catch (InvalidDataException exception)
        {
            zip.Dispose();
            throw new ImageException($"not a readable zip archive: {exception.Message}");
        }
        Names = [.. entries.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Copies an archive from a stream that cannot be sought to a file without a name, which goes with this process
    /// however it ends.
    /// </summary>
    /// <exception cref="ImageException">It is no zip archive.</exception>
    public static async Task<PictureArchive> CopyAsync(Stream zip, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"rdm-{Guid.NewGuid():N}.zip");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
        try
        {
            File.Delete(path);
            await zip.CopyToAsync(file, cancellationToken);
            return new(file);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>The files' names in ordinal order; folders are left out.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>A file's bytes.</summary>
    /// <exception cref="ImageException">
    /// There is no such file, its name leads elsewhere, or it is damaged or too large.
    /// </exception>
    public byte[] Read(string name)
    {
        if (name.Contains('\\') || name.StartsWith('/') || name.Split('/').Contains(".."))
            throw new ImageException("its name leads out of the archive");
        if (!entries.TryGetValue(name, out var entry))
            throw new ImageException("it is not in the archive");
        if (entry.Length > MostBytes)
            throw new ImageException($"it would unpack to more than {MostBytes >> 20} MB, which is too large");
        try
        {
            using var content = entry.Open();
            return BoundedRead.ToEnd(content, MostBytes);
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException)
        {
            throw new ImageException($"it is damaged in the archive: {exception.Message}");
        }
    }

    public void Dispose() => archive.Dispose();
}
