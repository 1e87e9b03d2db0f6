namespace RdmCloud.Diffusion.Sampling;

/// <summary>
/// How much noise a latent holds at each timestep: x_t = √ᾱ_t x₀ + √(1 - ᾱ_t) ε. Linear in √β, as the original's "linear".
/// </summary>
public sealed class NoiseSchedule
{
    readonly double[] alphasCumprod;

    /// <param name="timesteps">T, the number of steps of training.</param>
    /// <param name="linearStart">β of the first step, in (0, 1).</param>
    /// <param name="linearEnd">β of the last step, in (0, 1).</param>
    public NoiseSchedule(int timesteps, double linearStart, double linearEnd)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timesteps, 2);
        if (linearStart is not (> 0 and < 1) || linearEnd is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(linearStart), $"linear_start {linearStart} and linear_end {linearEnd} must lie between 0 and 1.");
        Betas = new double[timesteps];
        alphasCumprod = new double[timesteps];
        var product = 1.0;
        for (var t = 0; t < timesteps; t++)
        {
            var root = Math.Sqrt(linearStart) + (Math.Sqrt(linearEnd) - Math.Sqrt(linearStart)) * t / (timesteps - 1);
            Betas[t] = root * root;
            alphasCumprod[t] = product *= 1 - Betas[t];
        }
    }

    /// <summary>β_t, the variance that step t adds.</summary>
    public double[] Betas { get; }

    public int Timesteps => alphasCumprod.Length;

    /// <summary>ᾱ_t, the share of the picture's variance at timestep t; at -1, where sampling ends, that of timestep 0 (not 1), as in the original.</summary>
    public double AlphaCumprod(int timestep) => alphasCumprod[Math.Max(timestep, 0)];

    /// <summary>
    /// The timesteps that a run of so many steps visits, ascending. Where T / steps is whole these are the original's
    /// 1 + i · T / steps; other counts, of which the original runs a different number or fails, are spread evenly.
    /// </summary>
    /// <param name="steps">1…T.</param>
    public int[] Spread(int steps)
    {
        if (steps < 1 || steps > Timesteps)
            throw new ArgumentOutOfRangeException(nameof(steps), steps, $"The number of steps must lie between 1 and {Timesteps}.");
        var offset = steps < Timesteps ? 1 : 0;
        return [.. Enumerable.Range(0, steps).Select(i => (int)((long)i * Timesteps / steps) + offset)];
    }
}
