using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Sampling;

namespace RdmCloud.Diffusion.Models;

/// <summary>What <c>model.json</c> says: which files a model is made of, how they are to be read, and what suits it.</summary>
public sealed record ModelManifest
{
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required string Name { get; init; }

    public required NetworkPart Network { get; init; }

    public required AutoencoderPart Autoencoder { get; init; }

    /// <summary>Without it a model draws from embeddings alone.</summary>
    public TextPart? Text { get; init; }

    /// <summary>Without it no picture can be embedded.</summary>
    public ImagePart? Image { get; init; }

    public required ScheduleSettings Schedule { get; init; }

    public Parameterization Parameterization { get; init; }

    /// <summary>The network's latents are the autoencoder's, times this.</summary>
    public double ScaleFactor { get; init; } = 1;

    public required ConditioningSettings Conditioning { get; init; }

    public required DrawingDefaults Defaults { get; init; }

    /// <summary>The weights' licence, as an SPDX identifier where there is one.</summary>
    public string? License { get; init; }

    /// <summary>Both sides of a picture are multiples of this, in pixels.</summary>
    [JsonIgnore]
    public int SizeMultiple => Autoencoder.Config.Factor * Network.Config.SizeMultiple;

    /// <summary>The space that this model's CLIP embeds into; databases of another space do not fit.</summary>
    [JsonIgnore]
    public string? EmbeddingSpace => Image?.Sha256 is { Length: >= 16 } hash ? $"sha256:{hash[..16]}" : null;
}

/// <summary>A safetensors file beside <c>model.json</c>.</summary>
public abstract record ModelPart
{
    public required string File { get; init; }

    /// <summary>Of the file, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
}

public sealed record NetworkPart : ModelPart
{
    public required UNetConfig Config { get; init; }
}

public enum AutoencoderKind { Kl, Vq }

public sealed record AutoencoderPart : ModelPart
{
    public required AutoencoderKind Kind { get; init; }

    public required AutoencoderConfig Config { get; init; }
}

/// <summary>One of the two configurations is given: it names the tower and with it the tokenizer.</summary>
public sealed record TextPart : ModelPart
{
    public ClipTextConfig? Clip { get; init; }

    public BertTextConfig? Bert { get; init; }

    /// <summary>The tokenizer's files beside <c>model.json</c>.</summary>
    public required ImmutableArray<string> TokenizerFiles { get; init; }
}

public enum Preprocessing
{
    /// <summary>CLIP's own: the short side to size, the center cut out.</summary>
    CenterCrop,

    /// <summary>The original RDM's: the whole picture stretched to the square.</summary>
    Stretch,
}

public sealed record ImagePart : ModelPart
{
    public required ClipImageConfig Config { get; init; }

    public Preprocessing Preprocessing { get; init; }
}

/// <summary>See <see cref="NoiseSchedule"/>.</summary>
public sealed record ScheduleSettings(int Timesteps, double LinearStart, double LinearEnd);

public enum Normalization
{
    /// <summary>Embeddings of length one, as the LAION model was trained on.</summary>
    Unit,

    /// <summary>Embeddings as CLIP puts them out, as the ImageNet model was trained on.</summary>
    Raw,
}

/// <summary>How embeddings become context tokens.</summary>
/// <param name="Scale">Every token is multiplied by this after normalization.</param>
public sealed record ConditioningSettings(Normalization Normalization, double Scale = 1);

/// <summary>What is used where a caller does not say.</summary>
/// <param name="K">Neighbors, beside the query's own token.</param>
/// <param name="Style">The name of one of the model's own databases; null for the first.</param>
public sealed record DrawingDefaults(
    int K, double GuidanceScale, int Steps, Sampler Sampler, int Width, int Height, string? Style = null);
