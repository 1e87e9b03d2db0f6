namespace RdmCloud.Cli.Bench.Statistics;

/// <summary>
/// Of a hundred values, the one that so many do not exceed (nearest rank); no interpolation invents a value that nobody saw.
/// </summary>
sealed record Percentiles(int Count, double P50, double P90, double P95, double P99, double Max)
{
    public Percentiles Rounded(int digits) =>
        new(Count, Math.Round(P50, digits), Math.Round(P90, digits), Math.Round(P95, digits), Math.Round(P99, digits),
            Math.Round(Max, digits));

    /// <summary>Null where there is no value.</summary>
    public static Percentiles? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : new(sorted.Length, At(50), At(90), At(95), At(99), sorted[^1]);

        double At(int percent) => sorted[(sorted.Length * percent + 99) / 100 - 1];
    }
}
