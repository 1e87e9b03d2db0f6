using RdmCloud.Benchmarks.Harness;
using RdmCloud.Benchmarks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks;

/// <summary>One call of the network against ONNX Runtime on the same graph.</summary>
sealed class UNetCall(int batch, int threads) : IBenchmark
{
    const int Rounds = 31;

    public string Name => $"unet-batch{batch}-threads{threads}";

    public void Run() => Report.Table($"One UNet call, batch {batch}, {threads} thread{(threads == 1 ? "" : "s")}", threads, Measure);

    void Measure(Action<string> conclude)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        set_num_threads(threads);
        using var network = NineMillion.Create();
        using var peer = new OnnxNetwork(network, batch, threads);
        var (x, timesteps, context) = NineMillion.Inputs(batch);
        var callPeer = peer.Prepare(x, timesteps, context);
        var expected = tensor(callPeer()).view(x.shape);
        var error = Agreement.Check("float32", expected, network.forward(x, timesteps, context), 1e-4);

        var (times, projected) = (network.ProjectTime(timesteps), network.ProjectContext(context));
        var timings = Interleaved.Measure(
        [
            new("ONNX Runtime, float32", () => callPeer()),
            new("ours, float32, whole call", () => network.forward(x, timesteps, context).Dispose()),
            new("ours, float32, as in a run (time and context projected once)", () => network.forward(x, times, projected).Dispose()),
        ], Rounds);
        Report.Head("contender", "best ms", "median ms", "÷ ONNX Runtime (median)");
        foreach (var timing in timings)
            Report.Row(timing.Name, $"{timing.Best:f2}", $"{timing.Median:f2}", $"{timing.Median / timings[0].Median:f2}");
        Console.WriteLine($"\nOutputs agree to {error:e1}.");
        conclude(Report.Verdict("whole call", timings[1].Median / timings[0].Median, 1.0));
    }
}
