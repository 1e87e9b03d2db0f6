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
        proj = Projection(config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return proj.forward(Pool(tokens)).MoveToOuterDisposeScope();
    }

    /// <summary>The two layers after the pooling: (B, W) → (B, D). They can be trained alone, on pooled states.</summary>
    public static Sequential Projection(BertTextConfig config) => nn.Sequential(
        ("0", new Linear(config.Width, config.ProjectionSize, hasBias: false)),
        ("1", nn.GELU()),
        ("2", new Linear(config.ProjectionSize, config.EmbedDim, hasBias: false)));

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
        readonly BertEncoder encoder;

        public Bert(BertTextConfig config) : base(nameof(Bert))
        {
            embeddings = new BertEmbeddings(config);
            encoder = new BertEncoder(config);
            RegisterComponents();
        }

        public Tensor forward(Tensor tokens, Tensor mask)
        {
            using var embedded = embeddings.forward(tokens);
            return encoder.forward(embedded, mask);
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
                .Plus(position_embeddings.weight.narrow(0, 0, tokens.size(1)))
                .Plus(token_type_embeddings.weight.narrow(0, 0, 1));
            return LayerNorm.forward(x).MoveToOuterDisposeScope();
        }
    }

    sealed class BertEncoder : nn.Module
    {
        readonly ModuleList<BertLayer> layer = [];

        public BertEncoder(BertTextConfig config) : base(nameof(BertEncoder))
        {
            for (var i = 0; i < config.Layers; i++)
                layer.Add(new BertLayer(config));
            RegisterComponents();
        }

        public Tensor forward(Tensor x, Tensor mask)
        {
            using var scope = NewDisposeScope();
            foreach (var block in layer)
                x = block.forward(x, mask);
            return x.MoveToOuterDisposeScope();
        }
    }

    sealed class BertLayer : nn.Module
    {
        readonly BertAttention attention;
        readonly BertIntermediate intermediate;
        readonly BertOutput output;

        public BertLayer(BertTextConfig config) : base(nameof(BertLayer))
        {
            attention = new BertAttention(config);
            intermediate = new BertIntermediate(config);
            output = new BertOutput(config.IntermediateSize, config);
            RegisterComponents();
        }

        public Tensor forward(Tensor x, Tensor mask)
        {
            using var scope = NewDisposeScope();
            x = attention.forward(x, mask);
            return output.forward(intermediate.forward(x), x).MoveToOuterDisposeScope();
        }
    }

    sealed class BertAttention : nn.Module
    {
        readonly BertSelfAttention self;
        readonly BertOutput output;

        public BertAttention(BertTextConfig config) : base(nameof(BertAttention))
        {
            self = new BertSelfAttention(config);
            output = new BertOutput(config.Width, config);
            RegisterComponents();
        }

        public Tensor forward(Tensor x, Tensor mask)
        {
            using var attended = self.forward(x, mask);
            return output.forward(attended, x);
        }
    }

    sealed class BertSelfAttention : nn.Module
    {
        readonly Linear query, key, value;
        readonly long heads;

        public BertSelfAttention(BertTextConfig config) : base(nameof(BertSelfAttention))
        {
            heads = config.Heads;
            query = new Linear(config.Width, config.Width);
            key = new Linear(config.Width, config.Width);
            value = new Linear(config.Width, config.Width);
            RegisterComponents();
        }

        public Tensor forward(Tensor x, Tensor mask)
        {
            using var scope = NewDisposeScope();
            var attended = F.scaled_dot_product_attention(
                Split(query.forward(x)), Split(key.forward(x)), Split(value.forward(x)), mask); // (B, h, T, d)
            return attended.transpose(1, 2).flatten(2).MoveToOuterDisposeScope(); // (B, T, W)
        }

        Tensor Split(Tensor x) => x.view(x.size(0), x.size(1), heads, -1).transpose(1, 2); // (B, T, W) → (B, h, T, d)
    }

    sealed class BertIntermediate : nn.Module<Tensor, Tensor>
    {
        readonly Linear dense;

        public BertIntermediate(BertTextConfig config) : base(nameof(BertIntermediate))
        {
            dense = new Linear(config.Width, config.IntermediateSize);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var widened = dense.forward(x);
            return F.gelu(widened);
        }
    }

    /// <summary>Back to the width, added to the input, normalized after.</summary>
    sealed class BertOutput : nn.Module
    {
        readonly Linear dense;
        readonly LayerNorm LayerNorm;

        public BertOutput(int inFeatures, BertTextConfig config) : base(nameof(BertOutput))
        {
            dense = new Linear(inFeatures, config.Width);
            LayerNorm = new LayerNorm(config.Width, config.LayerNormEpsilon);
            RegisterComponents();
        }

        public Tensor forward(Tensor x, Tensor residual)
        {
            using var scope = NewDisposeScope();
            return LayerNorm.forward(dense.forward(x).PlusInPlace(residual)).MoveToOuterDisposeScope();
        }
    }
}
