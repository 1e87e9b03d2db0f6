using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RdmCloud.Diffusion.Networks;

// The layers that hold weights. torch's own fill them with random numbers when they are made, which takes seconds for a
// large network whose weights are read from a file a moment later; these leave linear and convolution weights unfilled.
// A trainer fills them itself (see Initialization).

/// <summary>y = x Wᵀ + b, on the last dimension.</summary>
public sealed class Linear : nn.Module<Tensor, Tensor>
{
    public readonly Parameter weight;
    public readonly Parameter? bias;

    public Linear(long inFeatures, long outFeatures, bool hasBias = true) : base(nameof(Linear))
    {
        weight = new Parameter(empty(outFeatures, inFeatures));
        bias = hasBias ? new Parameter(zeros(outFeatures)) : null;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => F.linear(x, weight, bias);
}

/// <summary>A two-dimensional convolution with a square kernel.</summary>
public sealed class Conv2d : nn.Module<Tensor, Tensor>
{
    public readonly Parameter weight;
    public readonly Parameter? bias;
    readonly long[] stride;
    readonly long[] padding;

    public Conv2d(long inChannels, long outChannels, int kernel, int stride = 1, int padding = 0, bool hasBias = true)
        : base(nameof(Conv2d))
    {
        // Channels last in memory: convolutions on CPUs are up to 1.5 times faster, and what they put out is channels last too.
        weight = new Parameter(empty(outChannels, kernel, kernel, inChannels).permute(0, 3, 1, 2));
        bias = hasBias ? new Parameter(zeros(outChannels)) : null;
        this.stride = [stride, stride];
        this.padding = [padding, padding];
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => F.conv2d(x, weight, bias, stride, padding);

    /// <summary>A 1×1 convolution as a matrix product over tokens (…, C).</summary>
    public Tensor OverTokens(Tensor tokens)
    {
        using var matrix = weight.view(weight.size(0), weight.size(1));
        return F.linear(tokens, matrix, bias);
    }
}

/// <summary>Normalization over groups of channels; statistics are float32 in every dtype.</summary>
public sealed class GroupNorm : nn.Module<Tensor, Tensor>
{
    public readonly Parameter weight;
    public readonly Parameter bias;
    // With fewer channels, torch's kernel for channels-last is up to forty times slower than its other one.
    const int NarrowGroup = 8;
    readonly long groups;
    readonly double epsilon;

    /// <param name="minGroupChannels">There are min(32, channels / this) groups; 1 is the original's 32 groups.</param>
    public GroupNorm(long channels, double epsilon, int minGroupChannels = 1) : base(nameof(GroupNorm))
    {
        groups = Math.Min(32, channels / minGroupChannels);
        if (groups == 0 || channels % groups != 0)
            throw new ArgumentException($"{channels} channels cannot be split into {groups} groups of equal size.");
        this.epsilon = epsilon;
        weight = new Parameter(ones(channels));
        bias = new Parameter(zeros(channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        if (weight.size(0) >= NarrowGroup * groups)
            return F.group_norm(x, groups, weight, bias, epsilon);
        using var contiguous = x.contiguous();
        return F.group_norm(contiguous, groups, weight, bias, epsilon);
    }
}

/// <summary>Normalization over the last dimension.</summary>
public sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    public readonly Parameter weight;
    public readonly Parameter bias;
    readonly long[] shape;
    readonly double epsilon;

    public LayerNorm(long features, double epsilon = 1e-5) : base(nameof(LayerNorm))
    {
        shape = [features];
        this.epsilon = epsilon;
        weight = new Parameter(ones(features));
        bias = new Parameter(zeros(features));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => F.layer_norm(x, shape, weight, bias, epsilon);
}

/// <summary>A table of vectors, read by row number.</summary>
public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    public readonly Parameter weight;

    public Embedding(long rows, long features) : base(nameof(Embedding))
    {
        weight = new Parameter(empty(rows, features));
        RegisterComponents();
    }

    public override Tensor forward(Tensor rows)
    {
        using var flat = rows.flatten();
        using var vectors = weight.index_select(0, flat);
        return vectors.view([.. rows.shape, weight.size(1)]);
    }
}
