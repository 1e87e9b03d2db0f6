using RdmCloud.Diffusion.Networks;

namespace RdmCloud.Training.Clip;

/// <summary>The choices of an encoder's training; they stand in a file beside the model.</summary>
public sealed record ClipTrainingConfig
{
    public ClipImageConfig Image { get; init; } =
        new() { EmbedDim = 256, ImageResolution = 32, Layers = [1, 1, 1, 1], Width = 32 };

    /// <summary>The most tokens of a text.</summary>
    public int ContextLength { get; init; } = 64;

    /// <summary>Width between the projection's two layers.</summary>
    public int ProjectionSize { get; init; } = 320;

    /// <summary>Of the image tower with the projection.</summary>
    public required TrainingConfig Towers { get; init; }

    /// <summary>Of the projection alone, afterwards.</summary>
    public required TrainingConfig Projection { get; init; }

    /// <summary>
    /// The share of a text's features that the projection alone does not see in a step, so that it does not learn by heart which
    /// text is whose: words that no caption has are then understood better.
    /// </summary>
    public double FeatureDropout { get; init; }
}
