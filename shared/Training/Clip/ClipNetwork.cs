using RdmCloud.Diffusion.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Linear = RdmCloud.Diffusion.Networks.Linear;

namespace RdmCloud.Training.Clip;

/// <summary>
/// What contrastive training moves: the image tower, the text tower's projection and the temperature.
/// A head draws the picture in the small from its embedding alone, so that the embedding keeps what is where; it is for training
/// only.
/// </summary>
public sealed class ClipNetwork : nn.Module
{
    /// <summary>Side of the thumbnails, in pixels.</summary>
    public const int ThumbnailSize = 8;

    const double FirstTemperature = 1 / 14.0, LowestTemperature = 0.01;

    readonly ImageTower visual;
    readonly Sequential proj;
    readonly Linear thumbnail;
    readonly Parameter logit_scale;

    public ClipNetwork(ClipImageConfig image, BertTextConfig text) : base(nameof(ClipNetwork))
    {
        visual = ImageTower.Create(image);
        proj = BertTextTower.Projection(text);
        thumbnail = new Linear(image.EmbedDim, 3 * ThumbnailSize * ThumbnailSize);
        logit_scale = new Parameter(tensor((float)-Math.Log(FirstTemperature)));
        RegisterComponents();
    }

    /// <summary>Normalized pixels (B, 3, S, S) → (B, D).</summary>
    public ImageTower ImageTower => visual;

    /// <summary>Pooled token states (B, W) → (B, D).</summary>
    public Sequential Projection => proj;

    /// <summary>Embeddings (B, D) of any length → (B, 3, s, s), s = <see cref="ThumbnailSize"/>.</summary>
    public Tensor Thumbnails(Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var unit = nn.functional.normalize(embeddings, dim: 1) * Math.Sqrt(embeddings.size(1));
        return thumbnail.forward(unit).view(-1, 3, ThumbnailSize, ThumbnailSize).MoveToOuterDisposeScope();
    }

    /// <summary>The factor of the cosines, 1 to 100; learned as its logarithm.</summary>
    public Tensor Scale()
    {
        using var scope = NewDisposeScope();
        return logit_scale.to(ScalarType.Float32).clamp(0, -Math.Log(LowestTemperature)).exp().MoveToOuterDisposeScope();
    }
}
