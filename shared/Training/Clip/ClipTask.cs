using RdmCloud.Diffusion.Networks;
using RdmCloud.Training.Pictures;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RdmCloud.Training.Clip;

/// <summary>Trains an image tower and a projection of a frozen text tower's features towards each other.</summary>
public sealed class ClipTask(
    PictureSet pictures, TextFeatures texts, ClipImageConfig image, BertTextConfig text, Device device)
    : ITrainingTask<ClipNetwork>
{
    /// <summary>Pictures are moved by at most this many pixels, so that no place is learned by heart.</summary>
    const int LargestShift = 4;

    const double ThumbnailWeight = 2;

    readonly ClipBatches batches = new(pictures.Images, _ => ClipBatches.TrainedFinishes);

    public ClipNetwork CreateNetwork()
    {
        using var noGradient = no_grad();
        var network = new ClipNetwork(image, text);
        foreach (var (name, parameter) in network.named_parameters())
            if (name.EndsWith("attnpool.positional_embedding"))
                parameter.normal_(0, 1 / Math.Sqrt(parameter.size(1)), new Generator(0));
            else if (name.Contains(".layer") && name.EndsWith(".bn3.weight"))
                parameter.zero_(); // each block begins as the identity; the stem has a bn3 too, which must not
        return network;
    }

    public Tensor Loss(ClipNetwork network, int batchSize, StepRandom random)
    {
        using var scope = NewDisposeScope();
        var batch = batches.Next(batchSize, random.Choices);
        var type = network.parameters().First().dtype;
        var moved = Shift(pictures.Batch(batch.Pictures), random.Choices);
        var pixels = random.Choices.Next(2) == 0
            ? ClipPixels.Prepare(moved, image.ImageResolution)
            : ClipPixels.PrepareSmoothed(moved, image.ImageResolution);
        var features = texts[batch.Captions.Select(caption => caption.Text)].to(type, device);
        var embeddings = network.ImageTower.forward(pixels.to(type, device)); // (B, D)
        var contrast = ContrastiveLoss.Of(
            embeddings, network.Projection.forward(features), batch.Matches(pictures.Images).to(device), network.Scale());
        var thumbnails = F.adaptive_avg_pool2d(moved, [ClipNetwork.ThumbnailSize, ClipNetwork.ThumbnailSize]).to(device);
        return (contrast + ThumbnailWeight * (network.Thumbnails(embeddings) - thumbnails).square().mean())
            .MoveToOuterDisposeScope();
    }

    public string Evaluate(ClipNetwork network, string sheetPath)
    {
        using var evaluation = new ClipEvaluation(pictures, texts, network.ImageTower, device);
        return ClipReport.Summary(evaluation, pictures, network.Projection);
    }

    static Tensor Shift(Tensor images, Random random)
    {
        using var scope = NewDisposeScope();
        var size = images.size(2);
        var padded = F.pad(images, [LargestShift, LargestShift, LargestShift, LargestShift], PaddingModes.Replicate);
        Tensor Crop(long i) =>
            padded[i].narrow(1, random.Next(2 * LargestShift + 1), size).narrow(2, random.Next(2 * LargestShift + 1), size);
        return stack([.. Enumerable.Range(0, (int)images.size(0)).Select(i => Crop(i))]).MoveToOuterDisposeScope();
    }
}
