using System.Globalization;
using RdmCloud.Diffusion.Compute;
using RdmCloud.Diffusion.Engine;
using RdmCloud.Diffusion.Models;
using TorchSharp;

namespace RdmCloud.Cli.Bench.Steps;

/// <summary>
/// Measures what the sampling engine's steps take on this machine, for some numbers of pictures at once, with guidance.
/// </summary>
static class StepMeasurement
{
    const int Rounds = 3, FewSteps = 2, ManySteps = 22;
    static readonly int[] pictures = [1, 2, 4, 8, 12, 16];

    /// <summary>The medians of some rounds, whose order takes turns.</summary>
    public static async Task<StepTimes> RunAsync(ModelDirectory model, Action<double, double> progress,
        CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        torch.set_num_threads(ComputeProbe.Choose().Threads);
        await using var engine = new SamplingEngine(model, new() { MaxSlots = pictures[^1], MaxRows = 2 * pictures[^1] }, time);
        await engine.Ready.WaitAsync(cancellationToken);
        var measured = pictures.ToDictionary(count => count, _ => new List<(double Step, double Once)>());
        for (var round = -1; round < Rounds; round++) // the first one warms up
            foreach (var count in pictures)
            {
                var (few, many) = (await SecondsAsync(count, FewSteps), await SecondsAsync(count, ManySteps));
                var step = (many - few) / (ManySteps - FewSteps);
                if (round >= 0)
                    measured[count].Add((step, (few - FewSteps * step) / count));
                progress((round + 1) * pictures.Length + Array.IndexOf(pictures, count) + 1, (Rounds + 1) * pictures.Length);
            }
        return new(
            string.Create(CultureInfo.InvariantCulture,
                $"measured: {model.Manifest.Name} on the CPU, {torch.get_num_threads()} thread(s), guidance, median of {Rounds}"),
            pictures[^1],
            new(measured.ToDictionary(entry => entry.Key, entry => Math.Round(Median(entry.Value.Select(one => one.Step)), 6))),
            Math.Round(Math.Max(0, Median(measured.Values.SelectMany(all => all.Select(one => one.Once)))), 6));

        async Task<double> SecondsAsync(int count, int steps)
        {
            var begun = time.GetTimestamp();
            await engine.DrawAsync(Request(model.Manifest, count, steps), cancellationToken: cancellationToken);
            return time.GetElapsedTime(begun).TotalSeconds;
        }
    }

    static DrawingRequest Request(ModelManifest model, int count, int steps)
    {
        var random = new Random(1);
        return new()
        {
            Context = [.. Enumerable.Range(0, model.Defaults.K + 1)
                .Select(_ => Embedding(random, model.Network.Config.ContextDim))],
            Pictures = count,
            Steps = steps,
            Sampler = model.Defaults.Sampler,
            GuidanceScale = Math.Max(2, model.Defaults.GuidanceScale),
            Width = model.Defaults.Width,
            Height = model.Defaults.Height,
        };
    }

    static ReadOnlyMemory<float> Embedding(Random random, int? length) =>
        Enumerable.Range(0, length ?? 0).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();

    static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
