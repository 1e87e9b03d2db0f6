using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

/// <summary>
/// CLIP's Vision Transformer: patches and a class token, read at the class token.
/// Reference: openai/CLIP <c>clip/model.py</c>.
/// </summary>
public sealed class VisionTransformer : ImageTower
{
    readonly Conv2d conv1;
    readonly Parameter class_embedding;
    readonly Parameter positional_embedding;
    readonly LayerNorm ln_pre;
    readonly Transformer transformer;
    readonly LayerNorm ln_post;
    readonly Parameter proj;

    public VisionTransformer(ClipImageConfig config) : base(nameof(VisionTransformer), config)
    {
        var side = config.ImageResolution / config.PatchSize;
        conv1 = new Conv2d(3, config.Width, config.PatchSize, config.PatchSize, hasBias: false);
        class_embedding = new Parameter(empty(config.Width));
        positional_embedding = new Parameter(empty(side * side + 1, config.Width));
        ln_pre = new LayerNorm(config.Width);
        var heads = config.Heads > 0 ? config.Heads : config.Width / 64;
        transformer = new Transformer(config.Width, config.Layers[0], heads, config.Activation);
        ln_post = new LayerNorm(config.Width);
        proj = new Parameter(empty(config.Width, config.EmbedDim));
        RegisterComponents();
    }

    public override Tensor forward(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        var patches = conv1.forward(pixels).flatten(2).transpose(1, 2); // (B, P, W)
        var first = class_embedding.expand(patches.size(0), 1, -1); // (B, 1, W)
        var x = ln_pre.forward(cat([first, patches], 1).Plus(positional_embedding)); // (B, 1 + P, W)
        x = transformer.forward(x, causal: false);
        return ln_post.forward(x.select(1, 0)).matmul(proj).MoveToOuterDisposeScope(); // (B, D)
    }
}
