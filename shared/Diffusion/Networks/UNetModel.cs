using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RdmCloud.Diffusion.Networks;

/// <summary>
/// The denoising network of the RDM: the UNet of latent diffusion with a spatial transformer wherever attention runs, its
/// cross-attention looking at a set of CLIP embeddings. Fields bear the checkpoint's names.
/// References: CompVis/latent-diffusion <c>openaimodel.py</c> and <c>attention.py</c>; Blattmann et al. 2022, Sec. 3.
/// </summary>
public sealed class UNetModel : nn.Module
{
    readonly Sequential time_embed;
    readonly ModuleList<ModuleList<nn.Module>> input_blocks = [];
    readonly ModuleList<nn.Module> middle_block = [];
    readonly ModuleList<ModuleList<nn.Module>> output_blocks = [];
    readonly Sequential @out;
    readonly ResBlock[] residual_blocks;
    readonly BasicTransformerBlock[] transformer_blocks;

    public UNetConfig Config { get; }

    public UNetModel(UNetConfig config) : base(nameof(UNetModel))
    {
        if (!config.UseSpatialTransformer)
            throw new ArgumentException(
                "use_spatial_transformer is false: a network without cross-attention cannot look at neighbors.");
        Config = config;
        int channels = config.ModelChannels, embedding = 4 * channels, factor = 1;
        time_embed = nn.Sequential(
            ("0", new Linear(channels, embedding)),
            ("1", nn.SiLU()),
            ("2", new Linear(embedding, embedding)));

        // Encoder: every block's output is kept for the decoder.
        input_blocks.Add([new Conv2d(config.InChannels, channels, 3, padding: 1)]);
        var skips = new Stack<int>([channels]);
        for (var level = 0; level < config.ChannelMult.Length; level++)
        {
            for (var i = 0; i < config.NumResBlocks; i++)
            {
                var width = config.ModelChannels * config.ChannelMult[level];
                ModuleList<nn.Module> block = [new ResBlock(config, channels, width)];
                channels = width;
                if (config.AttentionResolutions.Contains(factor))
                    block.Add(new SpatialTransformer(config, channels));
                input_blocks.Add(block);
                skips.Push(channels);
            }
            if (level == config.ChannelMult.Length - 1)
                break;
            input_blocks.Add([config.ResblockUpdown
                ? new ResBlock(config, channels, channels, Resize.Down)
                : new Downsample(channels)]);
            skips.Push(channels);
            factor *= 2;
        }

        middle_block.Add(new ResBlock(config, channels, channels));
        middle_block.Add(new SpatialTransformer(config, channels));
        middle_block.Add(new ResBlock(config, channels, channels));

        // Decoder: one block more a level, each beginning with [h, skip].
        for (var level = config.ChannelMult.Length - 1; level >= 0; level--)
            for (var i = 0; i <= config.NumResBlocks; i++)
            {
                var width = config.ModelChannels * config.ChannelMult[level];
                ModuleList<nn.Module> block = [new ResBlock(config, channels + skips.Pop(), width)];
                channels = width;
                if (config.AttentionResolutions.Contains(factor))
                    block.Add(new SpatialTransformer(config, channels));
                if (level > 0 && i == config.NumResBlocks)
                {
                    block.Add(config.ResblockUpdown
                        ? new ResBlock(config, channels, channels, Resize.Up)
                        : new Upsample(channels));
                    factor /= 2;
                }
                output_blocks.Add(block);
            }

        @out = nn.Sequential(
            ("0", new GroupNorm(channels, 1e-5, config.MinGroupChannels)),
            ("1", nn.SiLU()),
            ("2", new Conv2d(channels, config.OutChannels, 3, padding: 1)));
        RegisterComponents();
        residual_blocks = [.. modules().OfType<ResBlock>()];
        transformer_blocks = [.. modules().OfType<BasicTransformerBlock>()];
        var offset = 0L;
        foreach (var block in residual_blocks)
            offset = block.PlaceTime(offset);
        for (var i = 0; i < transformer_blocks.Length; i++)
            transformer_blocks[i].Index = i;
    }

    /// <summary>The network's prediction (the noise ε, or v) for noisy latents.</summary>
    /// <param name="x">Noisy latents (B, C, H, W); H and W are multiples of <see cref="UNetConfig.SizeMultiple"/>.</param>
    /// <param name="timesteps">(B) or (1), 0…999.</param>
    /// <param name="context">Context tokens (B, N, D); their order does not matter.</param>
    /// <param name="mask">(B, N), true where a token counts; null when all do.</param>
    /// <returns>(B, C, H, W).</returns>
    public Tensor forward(Tensor x, Tensor timesteps, Tensor context, Tensor? mask = null)
    {
        using var scope = NewDisposeScope();
        return forward(x, ProjectTime(timesteps), ProjectContext(context, mask)).MoveToOuterDisposeScope();
    }

    /// <summary>The same with what depends on the time and the context alone already computed, once for many steps.</summary>
    public Tensor forward(Tensor x, Tensor time, ContextProjection context)
    {
        using var scope = NewDisposeScope();
        var skips = new Stack<Tensor>();
        var h = x;
        foreach (var block in input_blocks)
            skips.Push(h = Run(block, h, time, context));
        h = Run(middle_block, h, time, context);
        foreach (var block in output_blocks)
        {
            using var skip = skips.Pop();
            using var both = cat([h, skip], 1); // (B, C + C_skip, H, W)
            h = Run(block, both, time, context);
        }
        return @out.call(h).MoveToOuterDisposeScope();
    }

    /// <summary>What the time gives to every residual block, for each of the timesteps: (T) → (T, sum of widths).</summary>
    public Tensor ProjectTime(Tensor timesteps)
    {
        using var scope = NewDisposeScope();
        var sinusoid = TimestepEmbedding.Sinusoid(timesteps, Config.ModelChannels);
        var embedding = time_embed.call(sinusoid.to(parameters().First().dtype));
        var activated = F.silu(embedding);
        return cat([.. residual_blocks.Select(block => block.ProjectTime(activated))], 1).MoveToOuterDisposeScope();
    }

    /// <summary>The keys and values of every cross-attention: they do not change during sampling.</summary>
    /// <param name="context">(B, N, D).</param>
    /// <param name="mask">(B, N), true where a token counts; null when all do.</param>
    public ContextProjection ProjectContext(Tensor context, Tensor? mask = null)
    {
        var keysAndValues = transformer_blocks.Select(block => block.ProjectContext(context)).ToArray();
        return new(keysAndValues, mask?.view(mask.size(0), 1, 1, mask.size(1)));
    }

    Tensor Run(ModuleList<nn.Module> block, Tensor x, Tensor time, ContextProjection context)
    {
        var isCheckpointed = Config.UseCheckpoint && is_grad_enabled();
        var h = x;
        foreach (var module in block)
        {
            var next = module switch
            {
                ResBlock residual when isCheckpointed =>
                    Checkpointed.Run(inputs => residual.forward(inputs[0], inputs[1]), h, time),
                SpatialTransformer transformer when isCheckpointed => transformer.Checkpoint(h, context),
                ResBlock residual => residual.forward(h, time),
                SpatialTransformer transformer => transformer.forward(h, context),
                nn.Module<Tensor, Tensor> plain => plain.call(h),
                _ => throw new InvalidOperationException(module.GetName()),
            };
            if (!ReferenceEquals(h, x))
                h.Dispose();
            h = next;
        }
        return h;
    }

    enum Resize { None, Down, Up }

    /// <summary>h = conv(SiLU(GN(x))) + time; h = conv(SiLU(GN(h))); output = skip(x) + h.</summary>
    sealed class ResBlock : nn.Module
    {
        readonly Sequential in_layers;
        readonly Sequential emb_layers;
        readonly Sequential out_layers;
        readonly Conv2d? skip_connection;
        readonly Resize resize;
        readonly bool scaleShift;
        readonly long timeWidth;
        long timeOffset;

        public ResBlock(UNetConfig config, int inChannels, int outChannels, Resize resize = Resize.None) : base(nameof(ResBlock))
        {
            this.resize = resize;
            scaleShift = config.UseScaleShiftNorm;
            timeWidth = scaleShift ? 2 * outChannels : outChannels;
            in_layers = nn.Sequential(
                ("0", new GroupNorm(inChannels, 1e-5, config.MinGroupChannels)),
                ("1", nn.SiLU()),
                ("2", new Conv2d(inChannels, outChannels, 3, padding: 1)));
            emb_layers = nn.Sequential(("1", new Linear(4 * config.ModelChannels, timeWidth)));
            out_layers = nn.Sequential(
                ("0", new GroupNorm(outChannels, 1e-5, config.MinGroupChannels)),
                ("1", nn.SiLU()),
                ("3", new Conv2d(outChannels, outChannels, 3, padding: 1)));
            skip_connection = inChannels == outChannels ? null : new Conv2d(inChannels, outChannels, 1);
            RegisterComponents();
        }

        public Tensor ProjectTime(Tensor activated) => emb_layers.call(activated); // (T, 4·C0) → (T, C or 2·C)

        public long PlaceTime(long offset) => (timeOffset = offset) + timeWidth;

        public Tensor forward(Tensor x, Tensor times)
        {
            using var scope = NewDisposeScope();
            var shift = times.narrow(1, timeOffset, timeWidth).unsqueeze(2).unsqueeze(3); // (B, C or 2·C, 1, 1)
            var h = in_layers[2].call(Resized(in_layers[1].call(in_layers[0].call(x)))); // (B, C, H, W)
            if (scaleShift)
            {
                var parts = shift.chunk(2, 1);
                h = (out_layers[0].call(h) * parts[0].Plus(1)).Plus(parts[1]);
            }
            else
                h = out_layers[0].call(h.Plus(shift));
            h = out_layers[2].call(out_layers[1].call(h));
            var skipped = skip_connection is null ? Resized(x) : skip_connection.forward(Resized(x));
            return h.PlusInPlace(skipped).MoveToOuterDisposeScope();
        }

        Tensor Resized(Tensor x) => resize switch
        {
            Resize.Down => F.avg_pool2d(x, 2),
            Resize.Up => Upsample.Nearest(x),
            _ => x,
        };
    }

    /// <summary>
    /// Tokens (h w) attend to each other, then to the context, then pass a gated feed-forward; residual over all.
    /// </summary>
    sealed class SpatialTransformer : nn.Module
    {
        readonly GroupNorm norm;
        readonly Conv2d proj_in;
        readonly ModuleList<BasicTransformerBlock> transformer_blocks = [];
        readonly Conv2d proj_out;

        public SpatialTransformer(UNetConfig config, int channels) : base(nameof(SpatialTransformer))
        {
            norm = new GroupNorm(channels, 1e-6, config.MinGroupChannels);
            proj_in = new Conv2d(channels, channels, 1);
            for (var i = 0; i < config.TransformerDepth; i++)
                transformer_blocks.Add(new BasicTransformerBlock(channels, config.Heads(channels), config.ContextDim));
            proj_out = new Conv2d(channels, channels, 1);
            RegisterComponents();
        }

        public Tensor Checkpoint(Tensor x, ContextProjection context) => Checkpointed.Run(
            inputs => forward(inputs[0], new([.. inputs.Skip(1).Chunk(2).Select(pair => (pair[0], pair[1]))], context.Mask)),
            [x, .. context.KeysAndValues.SelectMany(pair => (Tensor[])[pair.Keys, pair.Values])]);

        public Tensor forward(Tensor x, ContextProjection context)
        {
            using var scope = NewDisposeScope();
            long batch = x.size(0), channels = x.size(1), height = x.size(2), width = x.size(3);
            var tokens = norm.forward(x).permute(0, 2, 3, 1).reshape(batch, height * width, channels); // (B, H·W, C)
            tokens = proj_in.OverTokens(tokens);
            foreach (var block in transformer_blocks)
                tokens = block.forward(tokens, context);
            tokens = proj_out.OverTokens(tokens);
            var transformed = tokens.view(batch, height, width, channels).permute(0, 3, 1, 2); // (B, C, H, W)
            return transformed.Plus(x).MoveToOuterDisposeScope();
        }
    }

    /// <summary>Its layers leave their intermediate tensors to its own dispose scope: scopes cost managed memory.</summary>
    sealed class BasicTransformerBlock : nn.Module
    {
        readonly CrossAttention attn1;
        readonly FeedForward ff;
        readonly CrossAttention attn2;
        readonly LayerNorm norm1, norm2, norm3;

        public int Index { get; set; }

        public BasicTransformerBlock(int channels, int heads, int contextDimension) : base(nameof(BasicTransformerBlock))
        {
            attn1 = new CrossAttention(channels, channels, heads);
            ff = new FeedForward(channels);
            attn2 = new CrossAttention(channels, contextDimension, heads);
            norm1 = new LayerNorm(channels);
            norm2 = new LayerNorm(channels);
            norm3 = new LayerNorm(channels);
            RegisterComponents();
        }

        public (Tensor Keys, Tensor Values) ProjectContext(Tensor context) => attn2.Project(context);

        public Tensor forward(Tensor x, ContextProjection context)
        {
            using var scope = NewDisposeScope();
            var normed = norm1.forward(x);
            x = attn1.forward(normed, attn1.Project(normed), null).PlusInPlace(x);
            x = attn2.forward(norm2.forward(x), context.KeysAndValues[Index], context.Mask).PlusInPlace(x);
            return ff.forward(norm3.forward(x)).PlusInPlace(x).MoveToOuterDisposeScope();
        }
    }

    /// <summary>softmax(q kᵀ / √d) v in heads; queries from the tokens, keys and values from tokens or context.</summary>
    sealed class CrossAttention : nn.Module
    {
        readonly Linear to_q, to_k, to_v;
        readonly Sequential to_out;
        readonly long heads;

        public CrossAttention(int channels, int contextDimension, int heads) : base(nameof(CrossAttention))
        {
            this.heads = heads;
            to_q = new Linear(channels, channels, hasBias: false);
            to_k = new Linear(contextDimension, channels, hasBias: false);
            to_v = new Linear(contextDimension, channels, hasBias: false);
            to_out = nn.Sequential(("0", new Linear(channels, channels)));
            RegisterComponents();
        }

        public (Tensor Keys, Tensor Values) Project(Tensor context) =>
            (Split(to_k.forward(context)), Split(to_v.forward(context)));

        public Tensor forward(Tensor x, (Tensor Keys, Tensor Values) projected, Tensor? mask)
        {
            var attended = F.scaled_dot_product_attention(
                Split(to_q.forward(x)), projected.Keys, projected.Values, mask); // (B, h, T, d)
            return to_out.call(attended.transpose(1, 2).flatten(2)); // (B, T, C)
        }

        Tensor Split(Tensor x) => x.view(x.size(0), x.size(1), heads, -1).transpose(1, 2); // (B, T, C) → (B, h, T, d)
    }

    sealed class FeedForward : nn.Module<Tensor, Tensor>
    {
        readonly Sequential net;

        public FeedForward(int channels) : base(nameof(FeedForward))
        {
            net = nn.Sequential(("0", new Geglu(channels, 4 * channels)), ("2", new Linear(4 * channels, channels)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => net.call(x);
    }

    /// <summary>Value · GELU(gate), the gate being the second half.</summary>
    sealed class Geglu : nn.Module<Tensor, Tensor>
    {
        readonly Linear proj;

        public Geglu(int channels, int width) : base(nameof(Geglu))
        {
            proj = new Linear(channels, 2 * width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var halves = proj.forward(x).chunk(2, -1);
            return F.gelu(halves[1]).mul_(halves[0]);
        }
    }

    /// <summary>Halves the sides by a strided convolution, padded on both sides.</summary>
    sealed class Downsample : nn.Module<Tensor, Tensor>
    {
        readonly Conv2d op;

        public Downsample(int channels) : base(nameof(Downsample))
        {
            op = new Conv2d(channels, channels, 3, stride: 2, padding: 1);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => op.forward(x);
    }
}
