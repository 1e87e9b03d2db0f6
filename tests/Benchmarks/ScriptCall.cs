using RdmCloud.Benchmarks.Harness;
using RdmCloud.Benchmarks.Networks;
using RdmCloud.Diffusion.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks;

/// <summary>One call of the network against the same operations in one TorchScript function: what C# itself costs.</summary>
sealed class ScriptCall(int batch, int threads) : IBenchmark
{
    const int Rounds = 61;

    public string Name => $"script-batch{batch}-threads{threads}";

    public void Run()
    {
        Compare(ScalarType.Float32, 1e-4);
        if (ComputeProbe.Choose().Type == ScalarType.BFloat16)
            Compare(ScalarType.BFloat16, 3e-2);
    }

    void Compare(ScalarType type, double tolerance) =>
        Report.Table($"One UNet call and TorchScript, {type}, {Name}", threads, conclude =>
        {
            using var scope = NewDisposeScope();
            using var inference = inference_mode();
            set_num_threads(threads);
            using var network = NineMillion.Create();
            network.to(type);
            using var script = new ScriptNetwork(network);
            var (x, timesteps, context) = NineMillion.Inputs(batch);
            (x, context) = (x.to(type), context.to(type));
            var expected = script.forward(x, timesteps, context).to(ScalarType.Float32);
            var error = Agreement.Check("C#", expected, network.forward(x, timesteps, context), tolerance);
            var timings = Interleaved.Measure(
            [
                new("TorchScript", () => script.forward(x, timesteps, context).Dispose()),
                new("ours", () => network.forward(x, timesteps, context).Dispose()),
            ], Rounds);
            Report.Head("contender", "best ms", "median ms", "÷ TorchScript, best", "÷ TorchScript, median");
            foreach (var timing in timings)
                Report.Row(timing.Name, $"{timing.Best:f2}", $"{timing.Median:f2}",
                    $"{timing.Best / timings[0].Best:f3}", $"{timing.Median / timings[0].Median:f3}");
            Console.WriteLine($"\nOutputs agree to {error:e1}.");
            conclude(Report.Verdict("C# to TorchScript", timings[1].Median / timings[0].Median, 1.05));
        });
}
