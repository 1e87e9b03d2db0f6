namespace RdmCloud.Cli.Generate;

/// <summary>
/// Names and writes a run's files. What lies there already is never lost: a file with the same content is left as it is, and
/// beside another one the new one gets a number (NAME_2.png), unless overwriting was asked for.
/// </summary>
/// <param name="output">
/// A folder, or the name of a PNG file: that of a single picture, and how the names of several begin.
/// </param>
sealed class OutputFiles(string output, bool overwrite)
{
    const string Extension = ".png";
    readonly bool isFile = output.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(output);
    readonly HashSet<string> written = [];

    /// <param name="name">For a folder: what the name begins with, as in NAME-SUFFIX.png.</param>
    /// <param name="suffix">A picture's seed, or what else tells the files of a run apart.</param>
    /// <returns>The path.</returns>
    public string Write(string name, string suffix, bool isOnly, byte[] content)
    {
        var stem = isFile ? output[..^Extension.Length] + (isOnly ? "" : $"-{suffix}") : Path.Combine(output, $"{name}-{suffix}");
        for (var number = 1; ; number++)
        {
            var path = stem + (number == 1 ? "" : $"_{number}") + Extension;
            if (!TryWrite(path, content))
                continue;
            written.Add(path);
            return path;
        }
    }

    bool TryWrite(string path, byte[] content)
    {
        if (File.Exists(path) && (!overwrite || written.Contains(path)))
            return File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var partial = $"{path}.partial";
        try
        {
            File.WriteAllBytes(partial, content);
            File.Move(partial, path, overwrite);
        }
        finally
        {
            File.Delete(partial);
        }
        return true;
    }
}
