using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

/// <summary>The way down the timesteps that all samplers share: where they stand, where they go next, and DDIM's step.</summary>
sealed class Walk(Tensor noise, NoiseSchedule schedule, int[] timesteps, Action<SamplingStep>? onStep)
{
    readonly int steps = timesteps.Length;

    public int Index { get; private set; } = -1;

    public Tensor Latents { get; private set; } = noise.alias();

    public bool IsLast => Index == steps - 1;

    public int Timestep => timesteps[steps - 1 - Index];

    /// <summary>The timestep of the next step; in the last step, its own.</summary>
    public int NextTimestep => timesteps[Math.Max(steps - 2 - Index, 0)];

    public double Alpha => schedule.AlphaCumprod(Timestep);

    public double NextAlpha => schedule.AlphaCumprod(IsLast ? -1 : NextTimestep);

    public double Lambda => schedule.Lambda(Timestep);

    public double NextLambda => schedule.Lambda(IsLast ? -1 : NextTimestep);

    public bool Next() => ++Index < steps;

    /// <summary>x₀ = (x - √(1 - ᾱ) ε) / √ᾱ.</summary>
    public Tensor Original(Tensor predicted) => (Latents - predicted * Math.Sqrt(1 - Alpha)) / Math.Sqrt(Alpha);

    /// <summary>x_prev = √ᾱ_prev x₀ + √(1 - ᾱ_prev - σ²) ε + σ z.</summary>
    public void Step(Tensor predicted, double sigma = 0, Tensor? fresh = null)
    {
        var original = Original(predicted);
        var next = original * Math.Sqrt(NextAlpha) + predicted * Math.Sqrt(1 - NextAlpha - sigma * sigma);
        MoveTo(fresh is null ? next : next + fresh * sigma, original);
    }

    /// <summary>Where DDIM's step would lead, without going there.</summary>
    public Tensor Peek(Tensor predicted) => Original(predicted) * Math.Sqrt(NextAlpha) + predicted * Math.Sqrt(1 - NextAlpha);

    public void MoveTo(Tensor latents, Tensor original)
    {
        Latents.Dispose();
        Latents = latents.MoveToOuterDisposeScope();
        onStep?.Invoke(new(Index + 1, steps, Timestep, Latents, original));
    }
}
