namespace RdmCloud.Cli.Databases;

/// <summary>All files below a folder. Links to other places are not followed.</summary>
sealed class FolderFiles(string path) : IPictureFiles
{
    public string Path => path;

    public IReadOnlyList<string> Names { get; } = [.. new DirectoryInfo(path)
        .EnumerateFiles("*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
        })
        .Select(file => System.IO.Path.GetRelativePath(path, file.FullName).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)];

    public Stream Open(string name) => File.OpenRead(System.IO.Path.Combine(path, name));

    public void Dispose() { }
}
