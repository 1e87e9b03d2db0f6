using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RdmCloud.Diffusion.Networks;

/// <summary>
/// CLIP's transformer: attention and a feed-forward of four times the width, each normalized before and added after.
/// </summary>
sealed class Transformer : nn.Module
{
    readonly ModuleList<ResidualAttentionBlock> resblocks = [];

    public Transformer(int width, int layers, int heads, string activation) : base(nameof(Transformer))
    {
        for (var i = 0; i < layers; i++)
            resblocks.Add(new ResidualAttentionBlock(width, heads, activation));
        RegisterComponents();
    }

    /// <summary>(B, T, W) → (B, T, W); causal: a token sees itself and those before it.</summary>
    public Tensor forward(Tensor x, bool causal)
    {
        using var scope = NewDisposeScope();
        foreach (var block in resblocks)
            x = block.forward(x, causal);
        return x.MoveToOuterDisposeScope();
    }

    sealed class ResidualAttentionBlock : nn.Module
    {
        readonly MultiheadAttention attn;
        readonly LayerNorm ln_1;
        readonly Sequential mlp;
        readonly LayerNorm ln_2;

        public ResidualAttentionBlock(int width, int heads, string activation) : base(nameof(ResidualAttentionBlock))
        {
            attn = new MultiheadAttention(width, heads);
            ln_1 = new LayerNorm(width);
            mlp = nn.Sequential(
                ("c_fc", new Linear(width, 4 * width)),
                ("gelu", Activations.Named(activation)),
                ("c_proj", new Linear(4 * width, width)));
            ln_2 = new LayerNorm(width);
            RegisterComponents();
        }

        public Tensor forward(Tensor x, bool causal)
        {
            using var scope = NewDisposeScope();
            x = attn.forward(ln_1.forward(x), causal).PlusInPlace(x);
            return mlp.call(ln_2.forward(x)).PlusInPlace(x).MoveToOuterDisposeScope();
        }
    }

    sealed class MultiheadAttention : nn.Module
    {
        readonly Parameter in_proj_weight; // rows: q, k, v
        readonly Parameter in_proj_bias;
        readonly Linear out_proj;
        readonly long heads;

        public MultiheadAttention(int width, int heads) : base(nameof(MultiheadAttention))
        {
            this.heads = heads;
            in_proj_weight = new Parameter(empty(3 * width, width));
            in_proj_bias = new Parameter(zeros(3 * width));
            out_proj = new Linear(width, width);
            RegisterComponents();
        }

        public Tensor forward(Tensor x, bool causal)
        {
            using var scope = NewDisposeScope();
            var projected = F.linear(x, in_proj_weight, in_proj_bias) // (B, T, 3W)
                .view(x.size(0), x.size(1), 3, heads, -1).permute(2, 0, 3, 1, 4).unbind(0); // 3 × (B, h, T, d)
            var attended = F.scaled_dot_product_attention(projected[0], projected[1], projected[2], is_casual: causal);
            return out_proj.forward(attended.transpose(1, 2).flatten(2)).MoveToOuterDisposeScope(); // (B, T, W)
        }
    }
}
