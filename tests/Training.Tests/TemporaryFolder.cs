namespace RdmCloud.Training;

/// <summary>A folder of its own for one test.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rdm-").FullName;

    public void Write(string file, string text) => File.WriteAllText(Prepare(file), text);

    public void Write(string file, byte[] bytes) => File.WriteAllBytes(Prepare(file), bytes);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    string Prepare(string file)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}
