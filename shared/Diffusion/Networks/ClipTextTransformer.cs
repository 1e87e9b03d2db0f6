using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

/// <summary>
/// CLIP's text tower: a causal transformer, read at the end token. Reference: openai/CLIP <c>clip/model.py</c>.
/// </summary>
public sealed class ClipTextTransformer : TextTower
{
    readonly Embedding token_embedding;
    readonly Parameter positional_embedding;
    readonly Transformer transformer;
    readonly LayerNorm ln_final;
    readonly Parameter text_projection;

    public ClipTextTransformer(ClipTextConfig config) : base(nameof(ClipTextTransformer), config.ContextLength, config.VocabSize)
    {
        token_embedding = new Embedding(config.VocabSize, config.Width);
        positional_embedding = new Parameter(empty(config.ContextLength, config.Width));
        transformer = new Transformer(config.Width, config.Layers, config.Heads, config.Activation);
        ln_final = new LayerNorm(config.Width);
        text_projection = new Parameter(empty(config.Width, config.EmbedDim));
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var x = token_embedding.forward(tokens).PlusInPlace(positional_embedding.narrow(0, 0, tokens.size(1))); // (B, T, W)
        x = transformer.forward(x, causal: true);
        // The end token has the largest id. What follows it cannot matter, as no token looks ahead.
        var ends = tokens.argmax(1);
        var rows = arange(tokens.size(0), dtype: ScalarType.Int64, device: tokens.device);
        x = ln_final.forward(x.index(rows, ends)); // (B, W)
        return x.matmul(text_projection).MoveToOuterDisposeScope(); // (B, D)
    }
}
