using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RdmCloud.Diffusion.Networks;

/// <summary>The arguments of the original's autoencoders, by the original's names (snake_case in JSON and YAML).</summary>
public sealed record AutoencoderConfig
{
    [JsonPropertyName("ddconfig")]
    public required CoderConfig Coder { get; init; }

    /// <summary>Channels of a latent.</summary>
    public required int EmbedDim { get; init; }

    /// <summary>Entries of the codebook, for the VQ autoencoder.</summary>
    public int NEmbed { get; init; }

    /// <summary>Pixels a latent position stands for, along one side.</summary>
    [JsonIgnore]
    public int Factor => Coder.PatchSize << Coder.ChMult.Length - 1;
}

/// <summary>The arguments of the encoder and the decoder.</summary>
public sealed record CoderConfig
{
    /// <summary>The encoder puts out mean and logarithm of the variance.</summary>
    public bool DoubleZ { get; init; } = true;

    public required int ZChannels { get; init; }

    /// <summary>The nominal side of an image, which decides where attention runs, whatever the real size.</summary>
    public required int Resolution { get; init; }

    public required int InChannels { get; init; }

    public required int OutCh { get; init; }

    public required int Ch { get; init; }

    /// <summary>Channels of each level, in multiples of <see cref="Ch"/>.</summary>
    public required ImmutableArray<int> ChMult { get; init; }

    public required int NumResBlocks { get; init; }

    /// <summary>Nominal sides at which each residual block is followed by attention.</summary>
    public ImmutableArray<int> AttnResolutions { get; init; } = [];

    /// <summary>Every GroupNorm has min(32, channels / this) groups; 1 is the original.</summary>
    public int MinGroupChannels { get; init; } = 1;

    /// <summary>
    /// Pixels are folded into channels in squares of this side before the encoder
    /// and unfolded after the decoder; 1 is the original.
    /// </summary>
    public int PatchSize { get; init; } = 1;
}
