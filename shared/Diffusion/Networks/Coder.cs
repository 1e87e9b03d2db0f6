using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RdmCloud.Diffusion.Networks;

// Encoder and decoder of the autoencoders. Reference: CompVis/latent-diffusion, diffusionmodules/model.py.

/// <summary>Images (B, 3, H, W) → (B, z or 2z, H / f, W / f).</summary>
sealed class Encoder : nn.Module<Tensor, Tensor>
{
    readonly Conv2d conv_in;
    readonly ModuleList<Level> down = [];
    readonly Middle mid;
    readonly GroupNorm norm_out;
    readonly Conv2d conv_out;
    readonly int patchSize;

    public Encoder(CoderConfig config) : base(nameof(Encoder))
    {
        patchSize = config.PatchSize;
        int channels = config.Ch, resolution = config.Resolution / patchSize;
        conv_in = new Conv2d(config.InChannels * patchSize * patchSize, channels, 3, padding: 1);
        for (var i = 0; i < config.ChMult.Length; i++, resolution /= 2)
        {
            var width = config.Ch * config.ChMult[i];
            down.Add(new Level(config, channels, width, config.NumResBlocks, resolution, down: i < config.ChMult.Length - 1));
            channels = width;
        }
        mid = new Middle(config, channels);
        norm_out = new GroupNorm(channels, 1e-6, config.MinGroupChannels);
        conv_out = new Conv2d(channels, config.DoubleZ ? 2 * config.ZChannels : config.ZChannels, 3, padding: 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var h = conv_in.forward(patchSize == 1 ? x : F.pixel_unshuffle(x, patchSize));
        foreach (var level in down)
            h = level.forward(h);
        h = mid.forward(h);
        return conv_out.forward(F.silu(norm_out.forward(h))).MoveToOuterDisposeScope();
    }
}

/// <summary>(B, z, h, w) → images (B, 3, h · f, w · f).</summary>
sealed class Decoder : nn.Module<Tensor, Tensor>
{
    readonly Conv2d conv_in;
    readonly Middle mid;
    readonly ModuleList<Level> up = [];
    readonly GroupNorm norm_out;
    readonly Conv2d conv_out;
    readonly int patchSize;

    public Decoder(CoderConfig config) : base(nameof(Decoder))
    {
        patchSize = config.PatchSize;
        var channels = config.Ch * config.ChMult[^1];
        conv_in = new Conv2d(config.ZChannels, channels, 3, padding: 1);
        mid = new Middle(config, channels);
        // Levels are numbered from full resolution on, but run from the lowest.
        var levels = new Level[config.ChMult.Length];
        for (var i = config.ChMult.Length - 1; i >= 0; i--)
        {
            var width = config.Ch * config.ChMult[i];
            var resolution = config.Resolution / patchSize >> i;
            levels[i] = new Level(config, channels, width, config.NumResBlocks + 1, resolution, up: i > 0);
            channels = width;
        }
        foreach (var level in levels)
            up.Add(level);
        norm_out = new GroupNorm(channels, 1e-6, config.MinGroupChannels);
        conv_out = new Conv2d(channels, config.OutCh * patchSize * patchSize, 3, padding: 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor z)
    {
        using var scope = NewDisposeScope();
        var h = mid.forward(conv_in.forward(z));
        for (var i = up.Count - 1; i >= 0; i--)
        {
            var below = h;
            h = up[i].forward(below);
            below.Dispose();
        }
        h = conv_out.forward(F.silu(norm_out.forward(h)));
        return (patchSize == 1 ? h : F.pixel_shuffle(h, patchSize)).MoveToOuterDisposeScope();
    }
}

/// <summary>The residual blocks of one resolution, with attention after each where configured, then the change of size.</summary>
sealed class Level : nn.Module<Tensor, Tensor>
{
    readonly ModuleList<ResnetBlock> block = [];
    readonly ModuleList<AttnBlock> attn = [];
    readonly Downsample? downsample;
    readonly Upsample? upsample;

    public Level(
        CoderConfig config, int inChannels, int outChannels, int blocks, int resolution, bool down = false, bool up = false)
        : base(nameof(Level))
    {
        for (var i = 0; i < blocks; i++)
        {
            block.Add(new ResnetBlock(i == 0 ? inChannels : outChannels, outChannels, config.MinGroupChannels));
            if (config.AttnResolutions.Contains(resolution * config.PatchSize))
                attn.Add(new AttnBlock(outChannels, config.MinGroupChannels));
        }
        downsample = down ? new Downsample(outChannels) : null;
        upsample = up ? new Upsample(outChannels) : null;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < block.Count; i++)
        {
            x = block[i].forward(x);
            if (attn.Count > 0)
                x = attn[i].forward(x);
        }
        return (downsample?.forward(x) ?? upsample?.forward(x) ?? x).MoveToOuterDisposeScope();
    }
}

/// <summary>Halves the sides; only the right and lower edges are padded.</summary>
sealed class Downsample : nn.Module<Tensor, Tensor>
{
    readonly Conv2d conv;

    public Downsample(int channels) : base(nameof(Downsample))
    {
        conv = new Conv2d(channels, channels, 3, stride: 2);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var padded = F.pad(x, [0, 1, 0, 1]);
        return conv.forward(padded);
    }
}

sealed class Middle : nn.Module<Tensor, Tensor>
{
    readonly ResnetBlock block_1;
    readonly AttnBlock attn_1;
    readonly ResnetBlock block_2;

    public Middle(CoderConfig config, int channels) : base(nameof(Middle))
    {
        block_1 = new ResnetBlock(channels, channels, config.MinGroupChannels);
        attn_1 = new AttnBlock(channels, config.MinGroupChannels);
        block_2 = new ResnetBlock(channels, channels, config.MinGroupChannels);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return block_2.forward(attn_1.forward(block_1.forward(x))).MoveToOuterDisposeScope();
    }
}

sealed class ResnetBlock : nn.Module<Tensor, Tensor>
{
    readonly GroupNorm norm1;
    readonly Conv2d conv1;
    readonly GroupNorm norm2;
    readonly Conv2d conv2;
    readonly Conv2d? nin_shortcut;

    public ResnetBlock(int inChannels, int outChannels, int minGroupChannels) : base(nameof(ResnetBlock))
    {
        norm1 = new GroupNorm(inChannels, 1e-6, minGroupChannels);
        conv1 = new Conv2d(inChannels, outChannels, 3, padding: 1);
        norm2 = new GroupNorm(outChannels, 1e-6, minGroupChannels);
        conv2 = new Conv2d(outChannels, outChannels, 3, padding: 1);
        if (inChannels != outChannels)
            nin_shortcut = new Conv2d(inChannels, outChannels, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var h = conv1.forward(F.silu(norm1.forward(x)));
        h = conv2.forward(F.silu(norm2.forward(h)));
        return h.PlusInPlace(nin_shortcut is null ? x : nin_shortcut.forward(x)).MoveToOuterDisposeScope();
    }
}

/// <summary>Attention of one head over all positions.</summary>
sealed class AttnBlock : nn.Module<Tensor, Tensor>
{
    readonly GroupNorm norm;
    readonly Conv2d q, k, v;
    readonly Conv2d proj_out;

    public AttnBlock(int channels, int minGroupChannels) : base(nameof(AttnBlock))
    {
        norm = new GroupNorm(channels, 1e-6, minGroupChannels);
        q = new Conv2d(channels, channels, 1);
        k = new Conv2d(channels, channels, 1);
        v = new Conv2d(channels, channels, 1);
        proj_out = new Conv2d(channels, channels, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        long batch = x.size(0), channels = x.size(1), height = x.size(2), width = x.size(3);
        var tokens = norm.forward(x).permute(0, 2, 3, 1).reshape(batch, 1, height * width, channels); // (B, 1, H·W, C)
        var attended = F.scaled_dot_product_attention(q.OverTokens(tokens), k.OverTokens(tokens), v.OverTokens(tokens));
        var projected = proj_out.OverTokens(attended).view(batch, height, width, channels).permute(0, 3, 1, 2); // (B, C, H, W)
        return projected.Plus(x).MoveToOuterDisposeScope();
    }
}
