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
            throw new ArgumentOutOfRangeException(
                nameof(linearStart), $"linear_start {linearStart} and linear_end {linearEnd} must lie between 0 and 1.");
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

    /// <summary>
    /// ᾱ_t, the share of the picture's variance at timestep t;
    /// at -1, where sampling ends, that of timestep 0 (not 1), as in the original.
    /// </summary>
    public double AlphaCumprod(int timestep) => alphasCumprod[Math.Max(timestep, 0)];

    /// <summary>
    /// The timesteps that a run of so many steps visits, ascending, as the original spaces them: 1 + i · T / steps. Where that is
    /// not whole, the original runs a different number of steps or fails; here they are spread evenly. A single step stands at
    /// the last timestep, for at the original's (1) there is hardly any noise to take away.
    /// </summary>
    /// <param name="steps">1…T.</param>
    public int[] Spread(int steps)
    {
        Check(steps);
        if (steps == 1)
            return [Timesteps - 1];
        var offset = steps < Timesteps ? 1 : 0;
        return [.. Enumerable.Range(0, steps).Select(i => (int)((long)i * Timesteps / steps) + offset)];
    }

    /// <summary>
    /// As many timesteps, ascending, up to the last one, spread evenly in λ, the half logarithm of the signal-to-noise ratio:
    /// where the solvers that integrate over λ need them (Lu et al. 2022, section 4).
    /// </summary>
    /// <param name="steps">1…T.</param>
    public int[] SpreadByNoise(int steps)
    {
        Check(steps);
        var timesteps = new int[steps];
        double cleanest = Lambda(0), noisiest = Lambda(Timesteps - 1);
        for (int i = 0, t = 0; i < steps; i++)
        {
            var wanted = cleanest + (noisiest - cleanest) * (i + 1) / steps;
            while (t < Timesteps - 1 && Math.Abs(Lambda(t + 1) - wanted) < Math.Abs(Lambda(t) - wanted))
                t++;
            // λ changes so fast in the first timesteps that neighbors would share one;
            // each gets its own, and those after it room.
            timesteps[i] = t = Math.Min(Math.Max(t, i == 0 ? 0 : timesteps[i - 1] + 1), Timesteps - steps + i);
        }
        return timesteps;
    }

    /// <summary>λ = ½ ln(ᾱ / (1 - ᾱ)); at -1 as at timestep 0.</summary>
    public double Lambda(int timestep) => 0.5 * Math.Log(AlphaCumprod(timestep) / (1 - AlphaCumprod(timestep)));

    void Check(int steps)
    {
        if (steps < 1 || steps > Timesteps)
            throw new ArgumentOutOfRangeException(
                nameof(steps), steps, $"The number of steps must lie between 1 and {Timesteps}.");
    }
}
