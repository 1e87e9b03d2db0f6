using System.CommandLine;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Arrivals;

/// <summary>The options that say which jobs come when.</summary>
sealed class ArrivalOptions(double rate, double duration)
{
    readonly Option<double?> rate = OptionOf.Number("--rate", $"Jobs a second on average, at random times. [default: {rate}]",
        0.001, 10_000);
    readonly Option<double?> duration = OptionOf.Number("--duration", $"For how many seconds jobs come. [default: {duration}]",
        0.1, 7 * 24 * 3600);
    readonly Option<string[]> bursts = OptionOf.Texts("--burst",
        "Another rate for a while: 20@60+30 is 20 jobs a second from second 60 on for 30 s. May be repeated.",
        "RATE@FROM+LENGTH");
    readonly Option<int?> seed = OptionOf.Number("--seed", "The same seed gives the same jobs at the same times. [default: 1]", 0,
        int.MaxValue);
    readonly Option<int[]> pictures = OptionOf.Numbers("--pictures",
        "Pictures of a job; of several numbers each job has one. [default: 1]", 1, 10, 1);
    readonly Option<int[]> steps = OptionOf.Numbers("--steps",
        "Steps of a job's pictures; of several numbers each job has one. [default: 20]", 1, 1000, 20);
    readonly Option<string?> trace = OptionOf.File("--trace",
        "Take the jobs from a CSV file instead, with the columns seconds,tenant,pictures,steps[,style].");

    public IEnumerable<Option> All => [rate, duration, bursts, seed, pictures, steps, trace];

    public IReadOnlyList<Burst> Bursts(ParseResult line) => [.. (line.GetValue(bursts) ?? []).Select(Burst.Parse)];

    public async Task<IReadOnlyList<Arrival>> ReadAsync(
        ParseResult line, IReadOnlyList<TenantShare> tenants, IReadOnlyList<string?> styles, CancellationToken cancellationToken)
    {
        if (line.GetValue(trace) is { } file)
            return ((Option[])[rate, duration, bursts, pictures, steps])
                .FirstOrDefault(option => line.GetResult(option) is { Implicit: false }) is { } other
                ? throw new UsageException($"{other.Name} cannot be combined with --trace, which says it all.")
                : await TraceFile.ReadAsync(file, cancellationToken);
        var process = new PoissonProcess
        {
            Rate = line.GetValue(rate) ?? DefaultRate,
            Duration = line.GetValue(duration) ?? DefaultDuration,
            Bursts = Bursts(line),
            Seed = line.GetValue(seed) ?? 1,
            Tenants = tenants,
            Pictures = line.GetRequiredValue(pictures),
            Steps = line.GetRequiredValue(steps),
            Styles = styles,
        };
        return [.. process.Arrivals()];
    }

    double DefaultRate { get; } = rate;

    double DefaultDuration { get; } = duration;
}
