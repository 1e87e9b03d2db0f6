namespace RdmCloud.ObjectStore.Folder;

/// <summary>Files by checked key under one folder. A file is written beside the tree and moved into it whole.</summary>
sealed class FileTree(string root, string name)
{
    const int Attempts = 100;

    static readonly EnumerationOptions everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    readonly string folder = Path.GetFullPath(Path.Combine(root, name));
    readonly string temporaries = Path.Combine(root, "temporary");

    public async Task<TemporaryFile> WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(temporaries);
        var temporary = new TemporaryFile(Path.Combine(temporaries, Guid.NewGuid().ToString("N")));
        try
        {
            await using var file = new FileStream(temporary.Path, FileMode.CreateNew, FileAccess.Write);
            await content.CopyToAsync(file, cancellationToken);
            file.Flush(flushToDisk: true);
            return temporary;
        }
        catch
        {
            temporary.Dispose();
            throw;
        }
    }

    /// <summary>Moves a written file to its place, over what is there.</summary>
    public void Place(TemporaryFile file, string key)
    {
        var path = PathOf(key);
        for (var attempt = 1; ; attempt++)
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Move(file.Path, path, overwrite: true);
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Its folder was deleted between the two lines, with the last object in it.
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new ObjectStoreException($"The object '{key}' cannot be stored as {path}: {exception.Message} "
                    + "In a folder, no object's key can be the start of another's, as in 'a' and 'a/b'.", exception);
            }
    }

    public FileInfo? Find(string key) => new FileInfo(PathOf(key)) is { Exists: true } file ? file : null;

    public FileStream? Open(string key)
    {
        if (Find(key) is not { } file)
            return null;
        try
        {
            return new(
                file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete,
                bufferSize: 1 << 16, useAsync: true);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(string key)
    {
        if (Find(key) is not { } file)
            return;
        file.Delete();
        for (var parent = file.Directory; parent is not null && parent.FullName.Length > folder.Length; parent = parent.Parent)
            try
            {
                parent.Delete();
            }
            catch (IOException)
            {
                return; // it holds others, or is gone
            }
    }

    /// <summary>The keys that start with the prefix, in no order.</summary>
    public List<string> Keys(string prefix)
    {
        var start = new DirectoryInfo(PathOf(prefix[..(prefix.LastIndexOf('/') + 1)]));
        return start.Exists
            ? [.. start.EnumerateFiles("*", everything).Select(KeyOf)
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))]
            : [];
    }

    public void RemoveTemporaries(DateTimeOffset before)
    {
        foreach (var file in Directory.CreateDirectory(temporaries).EnumerateFiles())
            if (file.LastWriteTimeUtc < before)
                file.Delete();
    }

    string PathOf(string key) => Path.Combine(folder, key.Replace('/', Path.DirectorySeparatorChar));

    string KeyOf(FileInfo file) => Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
}
