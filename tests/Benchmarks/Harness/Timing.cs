namespace RdmCloud.Benchmarks.Harness;

/// <summary>What one contender took, in milliseconds.</summary>
sealed record Timing(string Name, double Best, double Median)
{
    public static Timing Of(string name, IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return new(name, sorted[0], sorted[sorted.Length / 2]);
    }
}
