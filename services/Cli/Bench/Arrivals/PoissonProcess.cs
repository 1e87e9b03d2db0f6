namespace RdmCloud.Cli.Bench.Arrivals;

/// <summary>Jobs that come independently of each other, so many a second on average; the same seed gives the same ones.</summary>
sealed record PoissonProcess
{
    public required double Rate { get; init; }

    /// <summary>In seconds.</summary>
    public required double Duration { get; init; }

    public IReadOnlyList<Burst> Bursts { get; init; } = [];

    public int Seed { get; init; } = 1;

    /// <summary>Who submits, each as often as its share says.</summary>
    public IReadOnlyList<TenantShare> Tenants { get; init; } = [new("local")];

    // A job has one of each of these, all equally often.

    public IReadOnlyList<int> Pictures { get; init; } = [1];

    public IReadOnlyList<int> Steps { get; init; } = [20];

    public IReadOnlyList<string?> Styles { get; init; } = [null];

    public IEnumerable<Arrival> Arrivals()
    {
        var random = new Random(Seed);
        var peak = Bursts.Select(burst => burst.Rate).Append(Rate).Max();
        for (var at = Gap(); at < Duration; at += Gap())
            // thinning: of the arrivals at the highest rate, as many as the present one has
            if (random.NextDouble() * peak < RateAt(at))
                yield return new(at, Tenant(), One(Pictures), One(Steps), One(Styles));

        double Gap() => -Math.Log(1 - random.NextDouble()) / peak;
        T One<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
        string Tenant()
        {
            var point = random.NextDouble() * Tenants.Sum(tenant => tenant.Share);
            return (Tenants.FirstOrDefault(tenant => (point -= tenant.Share) < 0) ?? Tenants[^1]).Name;
        }
    }

    double RateAt(double at)
    {
        foreach (var burst in Bursts)
            if (at >= burst.From && at < burst.End)
                return burst.Rate;
        return Rate;
    }
}
