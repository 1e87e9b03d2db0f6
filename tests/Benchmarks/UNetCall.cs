using RdmCloud.Benchmarks.Harness;
using RdmCloud.Benchmarks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks;

/// <summary>One call of the network against ONNX Runtime on the same graph.</summary>
sealed class UNetCall : IBenchmark
{
    const int Rounds = 31;

    public string Name => "unet";

    public void Run()
    {
        foreach (var threads in (int[])[.. new[] { 1, Environment.ProcessorCount }.Distinct()])
            foreach (var batch in (int[])[2, 8])
                Report.Table($"One UNet call, batch {batch}, {threads} thread(s)", threads, conclude => Measure(batch, threads, conclude));
    }

    static void Measure(int batch, int threads, Action<string> conclude)
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
        conclude(Report.Verdict($"batch {batch}, {threads} thread(s), whole call", timings[1].Median / timings[0].Median, 1.0));
    }
}
