using RdmCloud.Benchmarks.Harness;
using RdmCloud.Benchmarks.Networks;
using RdmCloud.Diffusion.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks;

/// <summary>Steps beside a thread that never rests, with the number of threads that the engine's probe chooses.</summary>
sealed class NoisyNeighbor : IBenchmark
{
    const int Rounds = 31;

    public string Name => "neighbor";

    public void Run()
    {
        var settings = ComputeProbe.Choose();
        var title = $"A step beside one busy neighbor, {settings.Threads} thread(s) and {settings.Type} as the probe chose";
        Report.Table(title, settings.Threads, conclude =>
        {
            using var scope = NewDisposeScope();
            using var inference = inference_mode();
            using var network = NineMillion.Create();
            var (x, timesteps, context) = NineMillion.Inputs(2);
            Contender[] step = [new("step", () => network.forward(x, timesteps, context).Dispose())];
            // Solo and beside the neighbor by turns, as the machine's own neighbors come and go.
            var (solo, beside) = (new List<double>(), new List<double>());
            for (var turn = 0; turn < 3; turn++)
            {
                solo.Add(Interleaved.Measure(step, Rounds)[0].Median);
                using var busy = new BusyThread();
                beside.Add(Interleaved.Measure(step, Rounds)[0].Median);
            }
            var (alone, together) = (Timing.Of("alone", solo), Timing.Of("beside a busy thread", beside));
            Report.Head("", "best of three medians, ms", "median of three medians, ms");
            foreach (var timing in (Timing[])[alone, together])
                Report.Row(timing.Name, $"{timing.Best:f1}", $"{timing.Median:f1}");
            conclude(Report.Verdict("beside ÷ alone", together.Median / alone.Median, 1.3));
        });
    }
}
