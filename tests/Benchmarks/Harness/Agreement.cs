using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks.Harness;

/// <summary>Contenders that do not give the same result are not compared.</summary>
static class Agreement
{
    public static double Check(string name, Tensor expected, Tensor actual, double tolerance)
    {
        using var scope = NewDisposeScope();
        var error = ((actual.to(ScalarType.Float32) - expected).norm() / expected.norm()).item<float>();
        return error <= tolerance
            ? error
            : throw new InvalidOperationException(
                $"{name} gives something else: relative difference {error:e1}, allowed {tolerance:e0}.");
    }
}
