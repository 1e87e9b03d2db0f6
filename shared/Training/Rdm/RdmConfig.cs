using RdmCloud.Diffusion.Sampling;

namespace RdmCloud.Training.Rdm;

/// <summary>How the RDM is conditioned in training, and its noise; beside the model, so that inference can do the same.</summary>
public sealed record RdmConfig
{
    public int Timesteps { get; init; } = 1000;

    public double LinearStart { get; init; } = 0.0015;

    public double LinearEnd { get; init; } = 0.0155;

    /// <summary>What the network predicts: the noise, as in the paper, or the velocity.</summary>
    public Parameterization Parameterization { get; init; } = Parameterization.V;

    /// <summary>
    /// Latents are multiplied by it, so that their standard deviation is 1; a training takes it from its autoencoder.
    /// </summary>
    public double ScaleFactor { get; init; } = 1;

    /// <summary>Embeddings have length one; as context tokens they are multiplied by it.</summary>
    public double EmbeddingScale { get; init; } = 16;

    /// <summary>A step has 1 to this many neighbors.</summary>
    public int MaxNeighbors { get; init; } = 8;

    /// <summary>Share of neighbors from everywhere in the finish; the others are of the picture's own style.</summary>
    public double OtherHandsShare { get; init; } = 0.3;

    /// <summary>Share of steps with a token for the picture itself, which stands in for the text of a query.</summary>
    public double QueryShare { get; init; } = 0.5;

    /// <summary>Length of the noise on that token, whose own length is one.</summary>
    public double QueryNoise { get; init; } = 0.3;

    /// <summary>Share of pictures that are drawn without context.</summary>
    public double ZeroContextShare { get; init; } = 0.1;

    /// <summary>For v: weights of the loss grow with the signal-to-noise ratio up to this: Hang et al. 2023.</summary>
    public double MaxSignalToNoise { get; init; } = 5;
}
