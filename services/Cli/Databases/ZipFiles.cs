using RdmCloud.Images;
using RdmCloud.VectorStore;

namespace RdmCloud.Cli.Databases;

/// <summary>The files of a zip archive, read in place: nothing is unpacked to the disk.</summary>
sealed class ZipFiles : IPictureFiles
{
    readonly PictureArchive archive;

    /// <exception cref="DatabaseException">The file is no zip archive.</exception>
    public ZipFiles(string path)
    {
        Path = path;
        try
        {
            archive = new(File.OpenRead(path));
        }
        catch (ImageException exception)
        {
            throw new DatabaseException($"'{path}' is {exception.Message}", exception);
        }
    }

    public string Path { get; }

    public IReadOnlyList<string> Names => archive.Names;

    public Stream Open(string name) => new MemoryStream(archive.Read(name));

    public void Dispose() => archive.Dispose();
}
