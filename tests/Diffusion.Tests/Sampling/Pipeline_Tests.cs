using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Import;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

/// <summary>A whole small RDM of the original, imported from its checkpoint, against the original's own runs.</summary>
[Trait("Category", "Parity")]
public sealed class Pipeline_Parity(ImportedPipeline pipeline) : IClassFixture<ImportedPipeline>
{
    [Theory]
    [InlineData("ddim4", Sampler.Ddim, 4)]
    [InlineData("ddim20", Sampler.Ddim, 20)]
    [InlineData("ddim50", Sampler.Ddim, 50)]
    [InlineData("plms4", Sampler.Plms, 4)]
    [InlineData("plms20", Sampler.Plms, 20)]
    [InlineData("plms50", Sampler.Plms, 50)]
    public void GuidedRun_EndsAtTheSameLatents(string name, Sampler sampler, int steps)
    {
        using var scope = NewDisposeScope();
        var latents = Run(sampler, steps, pipeline.Contexts(), guidance: 5);
        Parity.AssertEqual("pipeline", pipeline.Expected[$"{name}_latent"], latents, Parity.WholeRun);
    }

    [Theory, InlineData("ddim4", 4), InlineData("ddim20", 20), InlineData("ddim50", 50)]
    public void DecodedRun_GivesTheSameImage(string name, int steps)
    {
        using var scope = NewDisposeScope();
        var latents = Run(Sampler.Ddim, steps, pipeline.Contexts(), guidance: 5);
        var decoded = pipeline.Model.Autoencoder.Decode(latents / pipeline.Model.Directory.Manifest.ScaleFactor);
        Parity.AssertEqual("pipeline", pipeline.Expected[$"{name}_decoded"], decoded, Parity.WholeRun);
        Parity.AssertEqual("pipeline", pipeline.Expected[$"{name}_image"], ((decoded + 1) / 2).clamp(0, 1), Parity.WholeRun);
    }

    [Fact]
    public void EveryStep_IsTheSame()
    {
        using var scope = NewDisposeScope();
        var (latents, originals) = (pipeline.Expected["ddim20_x_inter"], pipeline.Expected["ddim20_pred_x0"]);
        Run(Sampler.Ddim, 20, pipeline.Contexts(), guidance: 5, onStep: step =>
        {
            Parity.AssertEqual("pipeline", latents.select(0, step.Index), step.Latents, Parity.WholeRun);
            Parity.AssertEqual("pipeline", originals.select(0, step.Index), step.PredictedOriginal, Parity.WholeRun);
        });
    }

    [Fact]
    public void RunWithoutGuidance_EndsAtTheSameLatents()
    {
        using var scope = NewDisposeScope();
        var latents = Run(Sampler.Ddim, 10, pipeline.Contexts(), guidance: 1);
        Parity.AssertEqual("pipeline", pipeline.Expected["ddim10_noguidance_latent"], latents, Parity.WholeRun);
    }

    [Fact]
    public void RunWithTheTextTokenAlone_EndsAtTheSameLatents()
    {
        using var scope = NewDisposeScope();
        var latents = Run(Sampler.Ddim, 10, [.. pipeline.Expected["text"].unbind(0)], guidance: 3);
        Parity.AssertEqual("pipeline", pipeline.Expected["ddim10_textonly_latent"], latents, Parity.WholeRun);
    }

    [Fact]
    public void RandomRun_WithTheSameNoise_EndsAtTheSameLatents()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var guided = Guided(Sampler.Ddim, 10, pipeline.Contexts(), guidance: 5);
        var latents = Samplers.Ddim(
            guided.Predict, pipeline.Expected["x_T"], pipeline.Model.Schedule, 10, eta: 1,
            step => pipeline.Expected["ddim10_eta1_noise"].select(0, step));
        Parity.AssertEqual("pipeline", pipeline.Expected["ddim10_eta1_latent"], latents, Parity.WholeRun);
    }

    [Fact]
    public void EncodedImage_HasTheSameLatents()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var latents = pipeline.Model.Autoencoder.Encode(pipeline.Expected["encode_image"])
            * pipeline.Model.Directory.Manifest.ScaleFactor;
        Parity.AssertEqual("pipeline", pipeline.Expected["encode_latent_mode"], latents, Parity.OneCall);
    }

    [Fact]
    public void TrainingLoss_IsTheSame()
    {
        using var scope = NewDisposeScope();
        var io = pipeline.Expected;
        var cumulative = io["train_t"].data<long>().Select(t => pipeline.Model.Schedule.AlphaCumprod((int)t)).ToArray();
        var alphas = tensor(cumulative, ScalarType.Float32).view(-1, 1, 1, 1);
        var noisy = alphas.sqrt() * io["train_x0"] + (1 - alphas).sqrt() * io["train_noise"];
        Parity.AssertEqual("pipeline", io["train_xt"], noisy, Parity.OneCall);
        var predicted = pipeline.Model.Network.forward(noisy, io["train_t"], stack(pipeline.Contexts()));
        Parity.AssertEqual("pipeline", io["train_eps"], predicted, Parity.OneCall);
        Parity.AssertEqual("pipeline", io["train_loss"], (predicted - io["train_noise"]).square().mean(), Parity.OneCall);
    }

    [Theory, InlineData(Sampler.Ddim), InlineData(Sampler.Plms), InlineData(Sampler.DpmPlusPlus2M)]
    public void ContextsOfDifferentLength_InOneBatch_DrawWhatEachDrawsAlone(Sampler sampler)
    {
        using var scope = NewDisposeScope();
        var contexts = pipeline.Contexts();
        contexts[1] = contexts[1].narrow(0, 0, 3);
        var together = Run(sampler, 5, contexts, guidance: 3);
        for (var i = 0; i < 2; i++)
        {
            var alone = Run(sampler, 5, [contexts[i]], guidance: 3, picture: i);
            Parity.AssertEqual("pipeline", alone, together.narrow(0, i, 1), Parity.WholeRun);
        }
    }

    Tensor Run(
        Sampler sampler, int steps, IReadOnlyList<Tensor> contexts, double guidance,
        int? picture = null, Action<SamplingStep>? onStep = null)
    {
        using var inference = inference_mode();
        using var guided = Guided(sampler, steps, contexts, guidance);
        var noise = pipeline.Expected["x_T"];
        var start = picture is { } i ? noise.narrow(0, i, 1) : noise;
        return Samplers.Run(sampler, guided.Predict, start, pipeline.Model.Schedule, steps, onStep);
    }

    GuidedNetwork Guided(Sampler sampler, int steps, IReadOnlyList<Tensor> contexts, double guidance) =>
        new(
            pipeline.Model.Network, pipeline.Model.Schedule, Parameterization.Eps, contexts, negative: null, guidance,
            Samplers.Timesteps(sampler, pipeline.Model.Schedule, steps));
}

/// <summary>
/// The pipeline fixture, imported as a user would, by the first test that asks; without the fixture that test is skipped.
/// </summary>
public sealed class ImportedPipeline : IDisposable
{
    readonly string output = Path.Combine(Path.GetTempPath(), $"rdm-{Guid.NewGuid():n}");
    readonly Lazy<RdmModel> model;
    readonly Lazy<IReadOnlyDictionary<string, Tensor>> expected = new(() =>
        Parity.Read(Path.Combine(Folder, "io.safetensors"))
            .ToDictionary(pair => pair.Key, pair => pair.Value.DetachFromDisposeScope()));

    public ImportedPipeline() => model = new(Import);

    public RdmModel Model => model.Value;

    public IReadOnlyDictionary<string, Tensor> Expected => expected.Value;

    static string Folder => Fixtures.Find("pipeline");

    /// <summary>Text and neighbors of each picture, (1 + k, D).</summary>
    public Tensor[] Contexts() => [.. cat([Expected["text"], Expected["neighbors"]], 1).unbind(0)];

    public void Dispose()
    {
        if (!model.IsValueCreated)
            return;
        Model.Dispose();
        Directory.Delete(output, recursive: true);
    }

    RdmModel Import()
    {
        var options = new ImportOptions
        {
            Checkpoint = Path.Combine(Folder, "model.ckpt"),
            Config = Path.Combine(Folder, "config.yaml"),
            Output = output,
        };
        return new(new ModelImporter().ImportAsync(options).GetAwaiter().GetResult().Model);
    }
}
