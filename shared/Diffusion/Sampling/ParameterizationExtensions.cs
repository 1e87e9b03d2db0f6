namespace RdmCloud.Diffusion.Sampling;

static class ParameterizationExtensions
{
    /// <summary>The noise in latents x, given the network's answer: ε = Output · answer + Latents · x.</summary>
    /// <param name="alpha">ᾱ at the timestep.</param>
    public static (double Output, double Latents) NoiseWeights(this Parameterization parameterization, double alpha) =>
        parameterization switch
        {
            Parameterization.V => (Math.Sqrt(alpha), Math.Sqrt(1 - alpha)), // ε = √ᾱ v + √(1 - ᾱ) x
            _ => (1, 0),
        };
}
