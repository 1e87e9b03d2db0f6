using System.IO.Compression;
using RdmCloud.Images;
using RdmCloud.VectorStore;

namespace RdmCloud.Cli.Databases;

/// <summary>The files of a zip archive, read in place: nothing is unpacked to the disk.</summary>
sealed class ZipFiles : IPictureFiles
{
    const long MostBytes = 64 << 20;

    readonly ZipArchive archive;
    readonly Dictionary<string, ZipArchiveEntry> entries;

    /// <exception cref="DatabaseException">The file is no zip archive.</exception>
    public ZipFiles(string path)
    {
        Path = path;
        try
        {
            archive = ZipFile.OpenRead(path);
            entries = archive.Entries.Where(entry => !entry.FullName.EndsWith('/')).GroupBy(entry => entry.FullName).ToDictionary(same => same.Key, same => same.First());
        }
        catch (InvalidDataException exception)
        {
            throw new DatabaseException($"'{path}' is not a readable zip archive: {exception.Message}", exception);
        }
        Names = [.. entries.Keys.Order(StringComparer.Ordinal)];
    }

    public string Path { get; }

    public IReadOnlyList<string> Names { get; }

    public Stream Open(string name)
    {
        if (name.Contains('\\') || name.StartsWith('/') || name.Split('/').Contains(".."))
            throw new ImageException("its name leads out of the archive");
        if (entries[name].Length > MostBytes)
            throw new ImageException($"it would unpack to {entries[name].Length >> 20} MB; {MostBytes >> 20} MB is the most");
        return entries[name].Open();
    }

    public void Dispose() => archive.Dispose();
}
