using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using static TorchSharp.torch;

namespace RdmCloud.Training.Evaluation;

/// <summary>The image tower of a model's CLIP.</summary>
public sealed class ClipFeatures(RdmModel model) : IPictureFeatures
{
    const int MostInBatch = 64;

    public string Space => model.Directory.Manifest.EmbeddingSpace
        ?? throw new TrainingException($"{model.Directory.Path} has no image tower.");

    public Tensor Look(IReadOnlyList<RgbImage> pictures) =>
        Rows.Unit([.. pictures.Chunk(MostInBatch).SelectMany(part => model.EmbedImages(part))]);
}
