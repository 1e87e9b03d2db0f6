namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>A folder that lives as long as a test.</summary>
sealed class ScratchFolder : IDisposable
{
    readonly string path = Directory.CreateTempSubdirectory("checkpoints-").FullName;

    public string this[string name] => Path.Combine(path, name);

    public string[] Files => [.. Directory.GetFiles(path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
