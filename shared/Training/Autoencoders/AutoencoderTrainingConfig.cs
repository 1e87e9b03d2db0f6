using RdmCloud.Diffusion.Networks;

namespace RdmCloud.Training.Autoencoders;

/// <summary>The choices of an autoencoder's training; they stand in a file beside the model.</summary>
public sealed record AutoencoderTrainingConfig
{
    public required AutoencoderConfig Network { get; init; }

    public required TrainingConfig Training { get; init; }
}
