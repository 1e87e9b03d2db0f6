namespace RdmCloud.Diffusion.Sampling;

/// <summary>What a network was trained to predict.</summary>
public enum Parameterization
{
    /// <summary>The noise ε, as the original.</summary>
    Eps,

    /// <summary>The velocity v = √ᾱ ε - √(1 - ᾱ) x₀: Salimans and Ho 2022, appendix D.</summary>
    V,
}
