using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RdmCloud.Diffusion.Networks;

/// <summary>
/// CLIP's ResNet: a stem of three convolutions, average pooling before each strided step, attention instead of the last
/// pooling. Reference: openai/CLIP <c>clip/model.py</c>.
/// </summary>
public sealed class ModifiedResNet : ImageTower
{
    readonly Conv2d conv1, conv2, conv3;
    readonly BatchNorm2d bn1, bn2, bn3;
    readonly Sequential layer1, layer2, layer3, layer4;
    readonly AttentionPool2d attnpool;

    public ModifiedResNet(ClipImageConfig config) : base(nameof(ModifiedResNet), config)
    {
        var width = config.Width;
        conv1 = new Conv2d(3, width / 2, 3, stride: 2, padding: 1, hasBias: false);
        bn1 = nn.BatchNorm2d(width / 2);
        conv2 = new Conv2d(width / 2, width / 2, 3, padding: 1, hasBias: false);
        bn2 = nn.BatchNorm2d(width / 2);
        conv3 = new Conv2d(width / 2, width, 3, padding: 1, hasBias: false);
        bn3 = nn.BatchNorm2d(width);
        var channels = width;
        layer1 = Stage(ref channels, width, config.Layers[0], 1);
        layer2 = Stage(ref channels, 2 * width, config.Layers[1], 2);
        layer3 = Stage(ref channels, 4 * width, config.Layers[2], 2);
        layer4 = Stage(ref channels, 8 * width, config.Layers[3], 2);
        attnpool = new AttentionPool2d(config.ImageResolution / 32, channels, channels / 64, config.EmbedDim);
        RegisterComponents();
    }

    public override Tensor forward(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        var x = F.relu(bn1.forward(conv1.forward(pixels)));
        x = F.relu(bn2.forward(conv2.forward(x)));
        x = F.avg_pool2d(F.relu(bn3.forward(conv3.forward(x))), 2); // (B, W, S / 4, S / 4)
        x = layer4.forward(layer3.forward(layer2.forward(layer1.forward(x)))); // (B, 32W, S / 32, S / 32)
        return attnpool.forward(x).MoveToOuterDisposeScope();
    }

    static Sequential Stage(ref int channels, int width, int blocks, int stride)
    {
        var stage = nn.Sequential(("0", new Bottleneck(channels, width, stride)));
        channels = width * Bottleneck.Expansion;
        for (var i = 1; i < blocks; i++)
            stage.append(new Bottleneck(channels, width, 1));
        return stage;
    }

    sealed class Bottleneck : nn.Module<Tensor, Tensor>
    {
        public const int Expansion = 4;

        readonly Conv2d conv1, conv2, conv3;
        readonly BatchNorm2d bn1, bn2, bn3;
        readonly Sequential? downsample;
        readonly int stride;

        public Bottleneck(int inChannels, int width, int stride) : base(nameof(Bottleneck))
        {
            this.stride = stride;
            conv1 = new Conv2d(inChannels, width, 1, hasBias: false);
            bn1 = nn.BatchNorm2d(width);
            conv2 = new Conv2d(width, width, 3, padding: 1, hasBias: false);
            bn2 = nn.BatchNorm2d(width);
            conv3 = new Conv2d(width, width * Expansion, 1, hasBias: false);
            bn3 = nn.BatchNorm2d(width * Expansion);
            if (stride > 1 || inChannels != width * Expansion)
                downsample = nn.Sequential(
                    ("-1", nn.AvgPool2d(stride)),
                    ("0", new Conv2d(inChannels, width * Expansion, 1, hasBias: false)),
                    ("1", nn.BatchNorm2d(width * Expansion)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var h = F.relu(bn1.forward(conv1.forward(x)));
            h = F.relu(bn2.forward(conv2.forward(h)));
            if (stride > 1)
                h = F.avg_pool2d(h, stride);
            h = bn3.forward(conv3.forward(h));
            return F.relu(h.PlusInPlace(downsample is null ? x : downsample.forward(x))).MoveToOuterDisposeScope();
        }
    }

    /// <summary>The mean of all positions asks all positions, and itself.</summary>
    sealed class AttentionPool2d : nn.Module<Tensor, Tensor>
    {
        readonly Parameter positional_embedding;
        readonly Linear k_proj, q_proj, v_proj, c_proj;
        readonly long heads;

        public AttentionPool2d(int side, int channels, int heads, int outDimension) : base(nameof(AttentionPool2d))
        {
            this.heads = heads;
            positional_embedding = new Parameter(empty(side * side + 1, channels));
            k_proj = new Linear(channels, channels);
            q_proj = new Linear(channels, channels);
            v_proj = new Linear(channels, channels);
            c_proj = new Linear(channels, outDimension);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var positions = x.flatten(2).transpose(1, 2); // (B, S², C)
            var tokens = cat([positions.mean([1], keepdim: true), positions], 1).Plus(positional_embedding); // (B, 1 + S², C)
            var query = Split(q_proj.forward(tokens.narrow(1, 0, 1)));
            var attended = F.scaled_dot_product_attention(
                query, Split(k_proj.forward(tokens)), Split(v_proj.forward(tokens))); // (B, h, 1, d)
            return c_proj.forward(attended.flatten(1)).MoveToOuterDisposeScope(); // (B, D)
        }

        Tensor Split(Tensor x) => x.view(x.size(0), x.size(1), heads, -1).transpose(1, 2); // (B, T, C) → (B, h, T, d)
    }
}
