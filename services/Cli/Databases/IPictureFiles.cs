namespace RdmCloud.Cli.Databases;

/// <summary>Files in a folder or an archive.</summary>
interface IPictureFiles : IDisposable
{
    /// <summary>Where the files are, for messages.</summary>
    string Path { get; }

    /// <summary>Relative names with forward slashes, in order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="Images.ImageException">It is refused.</exception>
    Stream Open(string name);
}
