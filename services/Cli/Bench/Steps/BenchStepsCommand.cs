using System.CommandLine;
using System.Text.Json;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Steps;

sealed class BenchStepsCommand : CommandWithExamples
{
    readonly Option<string?> model = OptionOf.Model();

    public BenchStepsCommand()
        : base("steps", "Measure what a sampler's step takes on this machine by how many pictures make it, as JSON.",
        "rdm bench steps > steps.json")
    {
        Add(model);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var directory = ModelLocation.Open(line.GetValue(model));
        var times = await Terminal.WithProgressAsync("measuring", inBytes: false,
            progress => StepMeasurement.RunAsync(directory, progress, cancellationToken));
        Console.WriteLine(JsonSerializer.Serialize(times, CliJson.Indented.StepTimes));
        return 0;
    }
}
