namespace RdmCloud.Benchmarks.Harness;

interface IBenchmark
{
    /// <summary>As given on the command line.</summary>
    string Name { get; }

    void Run();
}
