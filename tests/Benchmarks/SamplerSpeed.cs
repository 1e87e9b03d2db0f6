using RdmCloud.Benchmarks.Harness;
using RdmCloud.Benchmarks.Networks;
using RdmCloud.Diffusion.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks;

/// <summary>Steps a second of whole runs with guidance.</summary>
sealed class SamplerSpeed : IBenchmark
{
    const int Rounds = 5, Steps = 20;

    public string Name => "samplers";

    public void Run() => Report.Table($"Samplers, {Steps} steps with guidance, 1 thread", 1, _ =>
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var network = NineMillion.Create();
        Report.Head("sampler", "pictures", "best steps/s", "median steps/s");
        foreach (var pictures in (int[])[1, 4])
        {
            var (noise, _, context) = NineMillion.Inputs(pictures);
            Contender Of(Sampler sampler) => new($"{sampler}", () =>
            {
                using var guided = Guided.Network(network, context[0], sampler, Steps);
                Samplers.Run(sampler, guided.Predict, noise, Guided.Schedule, Steps).Dispose();
            });
            foreach (var timing in Interleaved.Measure([Of(Sampler.Ddim), Of(Sampler.DpmPlusPlus2M)], Rounds))
                Report.Row(timing.Name, pictures, $"{Steps * 1e3 / timing.Best:f1}", $"{Steps * 1e3 / timing.Median:f1}");
        }
    });
}
