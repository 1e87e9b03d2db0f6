using RdmCloud.Diffusion.Networks;
using RdmCloud.Training.Data;
using RdmCloud.Training.Pictures;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Autoencoders;

/// <summary>
/// Trains a KL autoencoder on pictures with random finishes, and measures it on hands and a finish that it never saw: on
/// held-out subjects where the data set has none of those hands.
/// </summary>
public sealed class AutoencoderTask : ITrainingTask<AutoencoderKL>
{
    const double FinishShare = 0.4;
    const int EvaluationPictures = 96, SheetPictures = 12;

    /// <summary>Kept out of training, to measure on.</summary>
    static readonly string[] UnseenHands = ["streamline-emojis", "icon-park"];
    static readonly string[] UnseenFinishes = ["ice"];

    readonly PictureSet pictures;
    readonly AutoencoderConfig config;
    readonly Device device;
    readonly int[] training;
    readonly Finish[] finishes = [.. Finishes.All.Where(finish => !UnseenFinishes.Contains(finish.Id))];
    readonly (string Name, PictureChoice[] Choices)[] evaluations;

    public AutoencoderTask(PictureSet pictures, AutoencoderConfig config, Device device)
    {
        this.pictures = pictures;
        this.config = config;
        this.device = device;
        string[] unseen = [.. UnseenHands.Where(hand => pictures.Images.Any(image => image.Hand == hand))];
        var heldOut = unseen.Length > 0 ? [] : pictures.Where(image => image.Split != DatasetSplit.Training);
        training = [.. pictures.Where(image => !unseen.Contains(image.Hand)).Except(heldOut)];
        if (training.Length == 0)
            throw new TrainingException("The data set has no pictures to train on.");
        evaluations =
        [
            .. unseen.Select(hand => (hand, Spread(pictures.Where(image => image.Hand == hand), null))),
            .. heldOut.Length > 0 ? [("held-out subjects", Spread(heldOut, null))] : Array.Empty<(string, PictureChoice[])>(),
            .. UnseenFinishes.Select(id => (id, Spread(training, Finishes.Find(id)))),
        ];
    }

    public AutoencoderKL CreateNetwork() => new(config);

    public Tensor Loss(AutoencoderKL network, int batchSize, StepRandom random)
    {
        using var scope = NewDisposeScope();
        var images = pictures.Batch([.. Enumerable.Range(0, batchSize).Select(_ => Choose(random.Choices))]);
        var side = pictures.Size / config.Factor;
        var noise = randn([batchSize, config.EmbedDim, side, side], generator: random.Noise);
        var type = network.parameters().First().dtype;
        var moments = network.Moments(images.to(type, device));
        var latents = AutoencoderKL.Sample(moments, noise.to(type, device));
        return AutoencoderLoss.Of(images.to(device), network.Decode(latents), moments).MoveToOuterDisposeScope();
    }

    public string Evaluate(AutoencoderKL network, string sheetPath)
    {
        var figures = new List<string>();
        var (sheet, rows) = (new List<Tensor>(), new List<string>());
        foreach (var (name, choices) in evaluations)
        {
            var images = pictures.Batch(choices);
            var reconstruction = Reconstruct(network, images);
            figures.Add($"PSNR {name} {PeakSignalToNoise(images, reconstruction):0.00} dB");
            sheet.Add(images.narrow(0, 0, SheetPictures));
            sheet.Add(reconstruction.narrow(0, 0, SheetPictures));
            rows.AddRange([name, "reconstructed"]);
        }
        SampleSheet.Write(sheetPath, cat(sheet), [], rows);
        return string.Join("  ", figures);
    }

    /// <summary>Pictures of the training, from everywhere in it and without a finish: at most so many (B, 3, S, S).</summary>
    public Tensor Sample(int count)
    {
        count = Math.Min(count, training.Length);
        return pictures.Batch(
            [.. Enumerable.Range(0, count).Select(i => new PictureChoice(training[i * training.Length / count]))]);
    }

    /// <summary>10 log₁₀(2² / MSE) for a range of -1 … 1, averaged over the pictures.</summary>
    public static double PeakSignalToNoise(Tensor images, Tensor reconstruction)
    {
        using var scope = NewDisposeScope();
        var errors = (reconstruction.clamp(-1, 1) - images).square().mean([1, 2, 3]).clamp_min(1e-10);
        return ((4 / errors).log10() * 10).mean().item<float>();
    }

    Tensor Reconstruct(AutoencoderKL network, Tensor images) =>
        cat([.. images.split(32).Select(part => network.Decode(network.Encode(part.to(device))).cpu())]);

    PictureChoice Choose(Random random) => new(
        training[random.Next(training.Length)],
        random.NextDouble() < FinishShare ? finishes[random.Next(finishes.Length)] : null,
        random.Next(2) == 0);

    // The same pictures every time, from everywhere in the set.
    static PictureChoice[] Spread(int[] indices, Finish? finish) =>
        [.. Enumerable.Range(0, EvaluationPictures)
            .Select(i => new PictureChoice(indices[(int)((long)i * indices.Length / EvaluationPictures)], finish))];
}
