using System.CommandLine;
using System.Text.Json;
using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.Bench.Charts;
using RdmCloud.Cli.Bench.Scaling.Autoscaling;
using RdmCloud.Cli.Bench.Scaling.Simulation;
using RdmCloud.Cli.Bench.Steps;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Scaling;

sealed class BenchScalingCommand : CommandWithExamples
{
    const int MostJobs = 1_000_000;

    readonly Option<string?> stepTimes = OptionOf.File("--step-times",
        "How long a worker's steps take, as 'rdm bench steps' measures it. [default: measured now, with the model]");
    readonly Option<string?> model = OptionOf.Model();
    readonly ArrivalOptions arrivals = new(rate: 1, duration: 3600);
    readonly SettingOptions settings = new();
    readonly Option<double?> waitPrice = OptionOf.Number("--wait-price",
        "What a minute of a job's waiting is worth, in GPU minutes. [default: 0.02]", 0.0, 1e6);
    readonly Option<bool> json = OptionOf.Json();
    readonly Option<string?> chart = ChartFile.Option("waiting jobs and pods over time, with the settings that cost least,");

    public BenchScalingCommand()
        : base("scaling", "Simulate how KEDA scales sampling workers, and compare settings by what they cost. Needs no cluster.",
        "rdm bench scaling --step-times steps.json --rate 2 --burst 60@600+60 --chart scaling.png",
        "rdm bench scaling --step-times steps.json --trace jobs.csv --target 40,80 --cooldown 60,300 --stabilization 0,60,300",
        "rdm bench scaling --rate 0.2 --duration 7200 --min 1 --max 4 --scale-down all --scale-down 1/60 --json")
    {
        foreach (var option in (IEnumerable<Option>)[stepTimes, model, .. arrivals.All, .. settings.All, waitPrice, json, chart])
            Add(option);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var choices = settings.Read(line);
        var bursts = arrivals.Bursts(line);
        var jobs = await arrivals.ReadAsync(line, [new("local")], [null], cancellationToken);
        if (jobs.Count is 0 or > MostJobs)
            throw new UsageException($"{jobs.Count} jobs would come, not 1 to {MostJobs}: change --rate or --duration.");
        var times = line.GetValue(stepTimes) is { } file
            ? await StepTimes.ReadAsync(file, cancellationToken)
            : await Terminal.WithProgressAsync("measuring steps", inBytes: false, progress =>
                StepMeasurement.RunAsync(ModelLocation.Open(line.GetValue(model)), progress, cancellationToken));
        var price = line.GetValue(waitPrice) ?? 0.02;
        var outcomes = await Terminal.WithProgressAsync("simulating", inBytes: false, progress =>
            Task.FromResult(Compare(choices, jobs, bursts, times, price, progress, cancellationToken)));
        var report = ScalingReport.Of(times, jobs, price, outcomes);
        if (line.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(report, CliJson.Indented.ScalingReport));
        else
            ScalingSummary.Write(report);
        if (line.GetValue(chart) is { } picture)
            ScalingChart.Save(picture, outcomes[0]);
        return 0;
    }

    /// <summary>The cheapest first.</summary>
    static IReadOnlyList<ScalingOutcome> Compare(
        IReadOnlyList<ScalingSettings> choices, IReadOnlyList<Arrival> jobs, IReadOnlyList<Burst> bursts, StepTimes times,
            double waitPrice,
        Action<double, double> progress, CancellationToken cancellationToken)
    {
        var done = 0;
        return [.. choices.Select(choice =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var outcome = ScalingSimulation.Run(jobs, bursts, times, choice);
            progress(++done, choices.Count);
            return outcome;
        }).OrderBy(outcome => outcome.Cost(waitPrice))];
    }
}
