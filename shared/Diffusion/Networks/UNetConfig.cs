using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RdmCloud.Diffusion.Networks;

/// <summary>The arguments of the original's UNet, by the original's names (snake_case in JSON and YAML).</summary>
public sealed record UNetConfig
{
    /// <summary>Side of the latent that the network was trained on. Other sizes work.</summary>
    public int ImageSize { get; init; }

    public required int InChannels { get; init; }

    public required int OutChannels { get; init; }

    public required int ModelChannels { get; init; }

    /// <summary>Downsample factors (not pixels) at which attention runs, besides the middle block.</summary>
    public required ImmutableArray<int> AttentionResolutions { get; init; }

    /// <summary>Residual blocks a level.</summary>
    public required int NumResBlocks { get; init; }

    /// <summary>Channels of each level, in multiples of <see cref="ModelChannels"/>.</summary>
    public required ImmutableArray<int> ChannelMult { get; init; }

    /// <summary>Attention heads, where <see cref="NumHeadChannels"/> is -1.</summary>
    public int NumHeads { get; init; } = -1;

    /// <summary>Channels of a head; -1 where <see cref="NumHeads"/> says how many there are.</summary>
    public int NumHeadChannels { get; init; } = -1;

    public bool UseSpatialTransformer { get; init; }

    public int TransformerDepth { get; init; } = 1;

    /// <summary>Width of a context token: the CLIP embedding's dimension.</summary>
    public required int ContextDim { get; init; }

    /// <summary>The time embedding scales and shifts the second normalization instead of being added before it.</summary>
    public bool UseScaleShiftNorm { get; init; }

    /// <summary>Residual blocks change the size, instead of strided convolutions.</summary>
    public bool ResblockUpdown { get; init; }

    /// <summary>In training, blocks compute their inside again for the gradients instead of keeping it.</summary>
    public bool UseCheckpoint { get; init; }

    /// <summary>Every GroupNorm has min(32, channels / this) groups; 1 is the original.</summary>
    public int MinGroupChannels { get; init; } = 1;

    /// <summary>Each spatial side of a latent must be a multiple of this.</summary>
    [JsonIgnore]
    public int SizeMultiple => 1 << ChannelMult.Length - 1;

    internal int Heads(int channels) => NumHeadChannels == -1 ? NumHeads : channels / NumHeadChannels;
}
