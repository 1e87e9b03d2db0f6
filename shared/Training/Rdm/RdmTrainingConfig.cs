using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;

namespace RdmCloud.Training.Rdm;

/// <summary>The choices of an RDM's training; they stand in a file beside the model.</summary>
public sealed record RdmTrainingConfig
{
    /// <summary>What the model is called.</summary>
    public required string Name { get; init; }

    public required UNetConfig Network { get; init; }

    public RdmConfig Conditioning { get; init; } = new();

    /// <summary>The finishes that pictures are trained in, beside none.</summary>
    public IReadOnlyList<string> Finishes { get; init; } = [];

    public required TrainingConfig Training { get; init; }

    /// <summary>The model's defaults; its size is that of the pictures.</summary>
    public required DrawingDefaults Defaults { get; init; }

    /// <summary>Of the weights.</summary>
    public string? License { get; init; }
}
