namespace RdmCloud.Training.Styles;

/// <summary>The choices of a style classifier's training.</summary>
public sealed record StyleClassifierConfig
{
    /// <summary>What it reads.</summary>
    public StyleFeatures Features { get; init; }

    /// <summary>Width between the two layers.</summary>
    public int HiddenSize { get; init; } = 256;

    public required TrainingConfig Training { get; init; }
}

/// <summary>The network whose vectors of pictures a style classifier reads.</summary>
public enum StyleFeatures
{
    /// <summary>The image tower of the CLIP that the databases were made with.</summary>
    Clip,

    /// <summary>See <see cref="Evaluation.PhotographFeatures"/>: slower, and a judge that conditioned no picture.</summary>
    Photographs,
}
