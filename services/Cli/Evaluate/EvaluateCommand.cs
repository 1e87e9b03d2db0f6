using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Compute;
using RdmCloud.Diffusion.Models;
using RdmCloud.Training.Evaluation;
using RdmCloud.Training.Styles;
using TorchSharp;

namespace RdmCloud.Cli.Evaluate;

/// <summary>An evaluation as a command: draws samples, measures them, and leaves a report in a folder.</summary>
abstract class EvaluateCommand : CommandWithExamples
{
    readonly Option<string?> model = OptionOf.Model();
    readonly Option<string?> judge = OptionOf.Folder(
        "--judge", "A model whose CLIP looks at the pictures, and whose databases have the same styles. "
            + "[default: the model itself, which flatters]");
    readonly Option<int?> samples;
    readonly Option<uint?> seed = OptionOf.Number<uint>(
        "--seed", "The same seed gives the same figures. [default: 0]", 0, uint.MaxValue);
    readonly Option<int?> k = OptionOf.Number("-k", "Neighbors to look at. [default: the model's]", 1, 1000);
    readonly Option<int?> steps = OptionOf.Number("--steps", "Steps of the sampler. [default: the model's]", 1, 1000);
    readonly Option<double?> guidance = OptionOf.Number<double>(
        "--guidance", "How strongly to follow the context. [default: the model's]", 0, double.MaxValue);
    readonly Option<string> output = OptionOf.Output("The report's folder: report.json, report.md and pictures.");
    readonly Option<bool> json = OptionOf.Json();
    readonly Option<int?> threads = OptionOf.Number(
        "--threads", "Threads to compute with. [default: as many as are free]", 1, 256);

    readonly int defaultSamples;

    protected EvaluateCommand(
        string name, string description, int defaultSamples, string ofWhat, params IReadOnlyList<string> examples)
        : base(name, description, examples)
    {
        this.defaultSamples = defaultSamples;
        samples = OptionOf.Number("-n", $"Pictures to draw {ofWhat}. [default: {defaultSamples}]", 2, 10_000);
        foreach (var option in (IEnumerable<Option>)[model, judge, samples, seed, k, steps, guidance, output, json, threads])
            Add(option);
        SetAction(RunAsync);
    }

    /// <summary>A measurement, made ready: how many pictures it draws, and the work.</summary>
    protected abstract (int Pictures, Func<SamplePainter, IEvaluationReport> Run) Prepare(ParseResult line, Subject subject);

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        torch.set_num_threads(line.GetValue(threads) ?? ComputeProbe.Choose().Threads);
        using var drawer = new RdmModel(ModelLocation.Open(line.GetValue(model)));
        using var looker = line.GetValue(judge) is { } other ? new RdmModel(ModelDirectory.Open(other)) : null;
        var databases = await StyleDatabase.LoadAllAsync(drawer.Directory, cancellationToken);
        var settings = Settings(line, drawer.Directory.Manifest);
        using var photographs = new PhotographFeatures();
        var subject = new Subject(drawer, databases, new Judge(looker ?? drawer, Prompts.All(databases)), photographs, settings);
        var (pictures, run) = Prepare(line, subject);
        var report = await Terminal.WithProgressAsync("drawing", inBytes: false, progress =>
        {
            var done = 0;
            var painter = new SamplePainter(drawer, settings, count => progress(done += count, pictures), cancellationToken);
            return Task.FromResult(run(painter));
        });
        await ReportFiles.WriteAsync(
            line.GetRequiredValue(output), report, drawer.Directory, looker?.Directory, line.GetValue(json), cancellationToken);
        return 0;
    }

    SampleSettings Settings(ParseResult line, ModelManifest manifest)
    {
        var defaults = SampleSettings.Of(manifest, line.GetValue(samples) ?? defaultSamples, line.GetValue(seed) ?? 0);
        return defaults with
        {
            K = line.GetValue(k) ?? Math.Max(1, defaults.K),
            Steps = line.GetValue(steps) ?? defaults.Steps,
            GuidanceScale = line.GetValue(guidance) ?? defaults.GuidanceScale,
        };
    }

    /// <summary>What is measured, and by whom.</summary>
    protected sealed record Subject(
        RdmModel Model, IReadOnlyList<StyleDatabase> Databases, Judge Judge,
        PhotographFeatures Photographs, SampleSettings Settings);
}
