using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(RdmCloud.ParityReport))]

namespace RdmCloud;

/// <summary>
/// Collects how far results are from the original's, and when an assembly's tests are over writes the worst of each family
/// to artifacts/parity/, since the test runner shows nothing of a test that passes.
/// </summary>
public sealed class ParityReport : IDisposable
{
    static readonly ConcurrentDictionary<string, double> worst = new();

    /// <param name="error">The relative error of one comparison; 0 where it was exact.</param>
    public static void Add(string family, double error) => worst.AddOrUpdate(family, error, (_, other) => Math.Max(error, other));

    public void Dispose()
    {
        if (worst.IsEmpty)
            return;
        var folder = Directory.CreateDirectory(Path.Combine(Fixtures.Root, "artifacts", "parity")).FullName;
        File.WriteAllLines(
            Path.Combine(folder, $"{typeof(ParityReport).Assembly.GetName().Name}.txt"),
            worst.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key,-24} worst relative error {pair.Value:0.0e-0}"));
    }
}
