using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RdmCloud.Diffusion.Networks;

/// <summary>
/// A BERT as text tower, in open_clip's layout (<c>transformer.*</c> by Hugging Face's names, <c>proj.*</c>): token states
/// averaged over the text, then projected. References: Devlin et al. 2019; open_clip <c>hf_model.py</c>.
/// </summary>
public sealed class BertTextTower : TextTower
{
    readonly Bert transformer;
    readonly Sequential proj;

    public BertTextTower(BertTextConfig config) : base(nameof(BertTextTower), config.ContextLength, config.VocabSize)
    {
        transformer = new Bert(config);
        proj = nn.Sequential(("0", new Linear(config.Width, config.ProjectionSize, hasBias: false)), ("1", nn.GELU()), ("2", new Linear(config.ProjectionSize, config.EmbedDim, hasBias: false)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return proj.forward(Pool(tokens)).MoveToOuterDisposeScope();
    }

    /// <summary>The mean of the token states before the projection: tokens (B, T) → (B, W).</summary>
    public Tensor Pool(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var mask = tokens.ne(0); // (B, T)
        var states = transformer.forward(tokens, mask.view(tokens.size(0), 1, 1, tokens.size(1))); // (B, T, W)
        var weights = mask.to(states.dtype).unsqueeze(2); // (B, T, 1)
        return (states * weights).sum([1]).div_(weights.sum([1])).MoveToOuterDisposeScope();
    }

    sealed class Bert : nn.Module
    {
        readonly BertEmbeddings embeddings;
        readonly ModuleList<BertLayer> layer = [];

        public Bert(BertTextConfig config) : base(nameof(Bert))
        {
            embeddings = new BertEmbeddings(config);
            for (var i = 0; i < config.Layers; i++)
                layer.Add(new BertLayer(config));
            register_module(nameof(embeddings), embeddings);
            register_module("encoder", new Named((nameof(layer), layer)));
        }

        public Tensor forward(Tensor tokens, Tensor mask)
        {
            using var scope = NewDisposeScope();
            var x = embeddings.forward(tokens);
            foreach (var block in layer)
                x = block.forward(x, mask);
            return x.MoveToOuterDisposeScope();
        }
    }

    sealed class BertEmbeddings : nn.Module<Tensor, Tensor>
    {
        readonly Embedding word_embeddings, position_embeddings, token_type_embeddings;
        readonly LayerNorm LayerNorm;

        public BertEmbeddings(BertTextConfig config) : base(nameof(BertEmbeddings))
        {
            word_embeddings = new Embedding(config.VocabSize, config.Width);
            position_embeddings = new Embedding(config.Positions, config.Width);
            token_type_embeddings = new Embedding(config.TokenTypes, config.Width);
            LayerNorm = new LayerNorm(config.Width, config.LayerNormEpsilon);
            RegisterComponents();
        }

        public override Tensor forward(Tensor tokens)
        {
            using var scope = NewDisposeScope();
            var x = word_embeddings.forward(tokens) // (B, T, W)
                + position_embeddings.weight.narrow(0, 0, tokens.size(1))
                + token_type_embeddings.weight.narrow(0, 0, 1);
            return LayerNorm.forward(x).MoveToOuterDisposeScope();
        }
    }

    /// <summary>Attention and feed-forward, each added to its input and normalized after.</summary>
    sealed class BertLayer : nn.Module
    {
        readonly Linear query, key, value, attention, intermediate, output;
        readonly LayerNorm attentionNorm, outputNorm;
        readonly long heads;

        public BertLayer(BertTextConfig config) : base(nameof(BertLayer))
        {
            heads = config.Heads;
            query = new Linear(config.Width, config.Width);
            key = new Linear(config.Width, config.Width);
            value = new Linear(config.Width, config.Width);
            attention = new Linear(config.Width, config.Width);
            attentionNorm = new LayerNorm(config.Width, config.LayerNormEpsilon);
            intermediate = new Linear(config.Width, config.IntermediateSize);
            output = new Linear(config.IntermediateSize, config.Width);
            outputNorm = new LayerNorm(config.Width, config.LayerNormEpsilon);
            register_module("attention", new Named(
                ("self", new Named(("query", query), ("key", key), ("value", value))),
                ("output", new Named(("dense", attention), ("LayerNorm", attentionNorm)))));
            register_module("intermediate", new Named(("dense", intermediate)));
            register_module("output", new Named(("dense", output), ("LayerNorm", outputNorm)));
        }

        public Tensor forward(Tensor x, Tensor mask)
        {
            using var scope = NewDisposeScope();
            var attended = F.scaled_dot_product_attention(Split(query.forward(x)), Split(key.forward(x)), Split(value.forward(x)), mask); // (B, h, T, d)
            x = attentionNorm.forward(attention.forward(attended.transpose(1, 2).flatten(2)).add_(x)); // (B, T, W)
            var widened = F.gelu(intermediate.forward(x)); // (B, T, 4W)
            return outputNorm.forward(output.forward(widened).add_(x)).MoveToOuterDisposeScope();
        }

        Tensor Split(Tensor x) => x.view(x.size(0), x.size(1), heads, -1).transpose(1, 2); // (B, T, W) → (B, h, T, d)
    }

    /// <summary>A level of names in the checkpoint that does nothing itself.</summary>
    sealed class Named : nn.Module
    {
        public Named(params (string Name, nn.Module Module)[] parts) : base(nameof(Named))
        {
            foreach (var (name, module) in parts)
                register_module(name, module);
        }
    }
}
