using System.Runtime.CompilerServices;
using RdmCloud.Diffusion.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion;

/// <summary>Compares tensors with a fixture's.</summary>
public static class Parity
{
    /// <summary>For one network call.</summary>
    public const double OneCall = 1e-5;

    /// <summary>For a whole sampling run.</summary>
    public const double WholeRun = 1e-4;

    // Two OpenMP threads on a busy machine wait for each other, and a test runs thirty times longer.
    [ModuleInitializer]
    internal static void UseOneThread() => set_num_threads(1);

    /// <summary>‖actual − expected‖ / ‖expected‖ must stay below the tolerance.</summary>
    public static void AssertEqual(string family, Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        using var scope = NewDisposeScope();
        var reference = expected.to(ScalarType.Float64);
        var error = ((actual.to(ScalarType.Float64) - reference).norm() / reference.norm()).item<double>();
        ParityReport.Add(family, error);
        Assert.True(error < tolerance, $"{family}: relative error {error:e2}, not below {tolerance:e0}");
    }

    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Tensors.Keys.ToDictionary(name => name, name => file.Load(name));
    }
}
