namespace RdmCloud.Cli.Bench.Statistics;

/// <summary>How justly what was served is divided among those who asked.</summary>
static class Fairness
{
    /// <summary>
    /// The max-min fair division: by weight, but nobody gets more than it asked for, and what that leaves goes to the others.
    /// </summary>
    public static double[] Shares(double total, IReadOnlyList<double> demands, IReadOnlyList<double> weights)
    {
        var shares = new double[demands.Count];
        var open = Enumerable.Range(0, demands.Count).OrderBy(i => demands[i] / weights[i]).ToList();
        while (open.Count > 0)
        {
            var level = total / open.Sum(i => weights[i]);
            var content = open[0]; // who needs least of what its weight gives
            shares[content] = Math.Min(demands[content], level * weights[content]);
            total -= shares[content];
            open.RemoveAt(0);
        }
        return shares;
    }

    /// <summary>Jain's index: 1 where all values are equal, 1/n where one of n has everything.</summary>
    public static double Jain(IReadOnlyList<double> values)
    {
        var squares = values.Sum(value => value * value);
        return squares == 0 ? 1 : Math.Pow(values.Sum(), 2) / (values.Count * squares);
    }
}
