namespace RdmCloud.Training.Styles;

/// <summary>The choices of a style classifier's training.</summary>
public sealed record StyleClassifierConfig
{
    /// <summary>Width between the two layers.</summary>
    public int HiddenSize { get; init; } = 256;

    public required TrainingConfig Training { get; init; }
}
