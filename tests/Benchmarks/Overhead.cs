using RdmCloud.Benchmarks.Harness;
using RdmCloud.Benchmarks.Networks;
using RdmCloud.Diffusion.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks;

/// <summary>
/// What a step costs beside arithmetic: managed memory, the time of the same calls on almost no pixels, tensors left behind.
/// </summary>
sealed class Overhead : IBenchmark
{
    const int Rounds = 31, Steps = 20, Generations = 100;

    public string Name => "overhead";

    public void Run() => Report.Table("Overhead of a step with guidance, one picture, 1 thread", 1, Measure);

    static void Measure(Action<string> conclude)
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var network = NineMillion.Create();
        var (full, _, context) = NineMillion.Inputs(1);
        var (tiny, _, _) = NineMillion.Inputs(1, network.Config.SizeMultiple);
        var tokens = context[0];
        using var guided = Guided.Network(network, tokens, Sampler.Ddim, Steps);
        var timestep = Guided.Schedule.Spread(Steps)[Steps / 2];
        var timings = Interleaved.Measure(
        [
            new("step, latents 16×16", () => guided.Predict(full, timestep).Dispose()),
            new("the same calls, latents 4×4", () => guided.Predict(tiny, timestep).Dispose()),
        ], Rounds);
        Report.Head("", "best ms", "median ms");
        foreach (var timing in timings)
            Report.Row(timing.Name, $"{timing.Best:f2}", $"{timing.Median:f2}");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            guided.Predict(full, timestep).Dispose();
        var kibibytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0 / Rounds;
        conclude(Report.Verdict("managed allocation per step", kibibytes, 64, unit: " KiB"));
        conclude(
            $"share of a step that is left on a sixteenth of the pixels (overhead and reading the weights): "
            + $"{timings[1].Best / timings[0].Best:p0}");

        Generate();
        var afterOne = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 1; i < Generations; i++)
            Generate();
        var left = DisposeScopeManager.Statistics.ThreadTotalLiveCount - afterOne;
        conclude(
            $"tensors alive after {Generations} generations beyond those after one: {left}, "
            + $"goal 0: {(left == 0 ? "met" : "**not met**")}");

        void Generate()
        {
            using var run = Guided.Network(network, tokens, Sampler.Ddim, 2);
            Samplers.Ddim(run.Predict, tiny, Guided.Schedule, 2).Dispose();
        }
    }
}
