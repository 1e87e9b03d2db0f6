using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

/// <summary>A network from pictures to embeddings in the space that it shares with a <see cref="TextTower"/>.</summary>
public abstract class ImageTower(string name, ClipImageConfig config) : nn.Module<Tensor, Tensor>(name)
{
    public ClipImageConfig Config => config;

    /// <summary>
    /// Normalized pixels (B, 3, S, S), S = <see cref="ClipImageConfig.ImageResolution"/> → (B, D), not normalized.
    /// </summary>
    public abstract override Tensor forward(Tensor pixels);

    public static ImageTower Create(ClipImageConfig config) => config.Layers.Length switch
    {
        1 => new VisionTransformer(config),
        4 => new ModifiedResNet(config),
        var count => throw new ArgumentException($"vision_layers has {count} numbers; one makes a transformer, four a ResNet."),
    };
}
