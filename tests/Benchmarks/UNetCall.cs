using RdmCloud.Benchmarks.Harness;
using RdmCloud.Benchmarks.Networks;
using RdmCloud.Diffusion.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks;

/// <summary>One call of the network against ONNX Runtime on the same graph.</summary>
sealed class UNetCall(int batch, int threads) : IBenchmark
{
    const int Rounds = 31;

    public string Name => $"unet-batch{batch}-threads{threads}";

    public void Run() =>
        Report.Table($"One UNet call, batch {batch}, {threads} thread{(threads == 1 ? "" : "s")}", threads, Measure);

    void Measure(Action<string> conclude)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var type = ComputeProbe.Choose().Type;
        set_num_threads(threads);
        using var network = NineMillion.Create();
        using var peer = new OnnxNetwork(network, batch, threads);
        var (x, timesteps, context) = NineMillion.Inputs(batch);
        var callPeer = peer.Prepare(x, timesteps, context);
        var expected = tensor(callPeer()).view(x.shape);
        var error = Agreement.Check("float32", expected, network.forward(x, timesteps, context), 1e-4);
        var (times, projected) = (network.ProjectTime(timesteps), network.ProjectContext(context));
        var contenders = new List<Contender>
        {
            new("ONNX Runtime, float32", () => callPeer()),
            new("ours, float32, as in a run (time and context projected once)",
                () => network.forward(x, times, projected).Dispose()),
            new("ours, float32, whole call", () => network.forward(x, timesteps, context).Dispose()),
        };
        using var half = NineMillion.Create();
        if (type == ScalarType.BFloat16)
        {
            half.to(type);
            var (halfX, halfContext) = (x.to(type), context.to(type));
            Agreement.Check("bfloat16", expected, half.forward(halfX, timesteps, halfContext), 3e-2);
            contenders.Add(new("ours, bfloat16, whole call", () => half.forward(halfX, timesteps, halfContext).Dispose()));
        }

        var timings = Interleaved.Measure(contenders, Rounds);
        Report.Head("contender", "best ms", "median ms", "÷ ONNX Runtime, best", "÷ ONNX Runtime, median");
        foreach (var timing in timings)
            Report.Row(timing.Name, $"{timing.Best:f2}", $"{timing.Median:f2}",
                $"{timing.Best / timings[0].Best:f2}", $"{timing.Median / timings[0].Median:f2}");
        Console.WriteLine(
            $"\nOutputs agree to {error:e1}.{(type == ScalarType.BFloat16 ? "" : " This CPU does not serve bfloat16.")}");
        conclude(Report.Verdict(
            "whole call in the better of our types", timings[2..].Min(timing => timing.Median) / timings[0].Median, 1.0));
    }
}
