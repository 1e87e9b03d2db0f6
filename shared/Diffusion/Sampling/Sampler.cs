namespace RdmCloud.Diffusion.Sampling;

/// <summary>The ways to walk from noise to a latent; see <see cref="Samplers"/>.</summary>
public enum Sampler
{
    Ddim,
    Plms,
    DpmPlusPlus2M,
}
