namespace RdmCloud.Benchmarks.Harness;

/// <summary>A folder that goes away with what is in it.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly string path = Directory.CreateTempSubdirectory("rdm-benchmark-").FullName;

    public string File(string name) => Path.Combine(path, name);

    public void Dispose() => Directory.Delete(path, recursive: true);
}
