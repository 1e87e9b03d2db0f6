using RdmCloud.Benchmarks.Harness;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks;

/// <summary>
/// How far few steps end from many, on a trained network: a random one has no trajectory that is worth following.
/// </summary>
sealed class SamplerError(string? modelFolder) : IBenchmark
{
    const int Pictures = 4, ReferenceSteps = 500;

    public string Name => "sampler-error";

    public void Run()
    {
        if (modelFolder is null)
        {
            Console.WriteLine($"\n{Name} is skipped: it needs a trained model; give its folder with --model.");
            return;
        }
        Report.Table($"Latent error of few steps against {ReferenceSteps} steps of DDIM", 1, Measure);
    }

    void Measure(Action<string> conclude)
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var model = new RdmModel(ModelDirectory.Open(modelFolder!));
        var (defaults, config) = (model.Directory.Manifest.Defaults, model.Network.Config);
        var factor = model.Autoencoder.Config.Factor;
        var (height, width) = (defaults.Height / factor, defaults.Width / factor);
        string[] prompts = ["a red heart", "a cat", "a tree", "a sun"];
        var contexts = prompts.Select(prompt => model.Context([model.EmbedText(prompt).Embedding])).ToArray();
        using var noise = new PictureNoise(1, Pictures, [config.InChannels, height, width]);
        var start = noise.Next();
        Tensor Run(Sampler sampler, int steps)
        {
            using var guided = new GuidedNetwork(
                model.Network, model.Schedule, model.Directory.Manifest.Parameterization,
                contexts, null, defaults.GuidanceScale, Samplers.Timesteps(sampler, model.Schedule, steps));
            return Samplers.Run(sampler, guided.Predict, start, model.Schedule, steps);
        }
        var reference = Run(Sampler.Ddim, ReferenceSteps);
        double Error(Sampler sampler, int steps)
        {
            using var latents = Run(sampler, steps);
            using var difference = latents.sub(reference).norm() / reference.norm();
            return difference.item<float>();
        }
        Report.Head("sampler", "steps", "relative error of the latents");
        var (ddim, dpm) = (Error(Sampler.Ddim, 100), Error(Sampler.DpmPlusPlus2M, 20));
        Report.Row("DDIM", 20, $"{Error(Sampler.Ddim, 20):f4}");
        Report.Row("DDIM", 100, $"{ddim:f4}");
        Report.Row("DPM-Solver++(2M)", 20, $"{dpm:f4}");
        conclude(Report.Verdict("DPM-Solver++(2M) at 20 steps ÷ DDIM at 100", dpm / ddim, 1));
    }
}
