using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

/// <summary>The noise ε that a network sees in latents (B, C, H, W) at a timestep, guidance included.</summary>
public delegate Tensor NoisePrediction(Tensor latents, int timestep);

/// <summary>
/// Samplers as functions from noise to latents. Each calls <c>onStep</c> after every step, which may throw to stop, and leaves no
/// tensor behind but its result.
/// </summary>
public static class Samplers
{
    /// <summary>Runs the named sampler. Parameters as in <see cref="Ddim"/>.</summary>
    public static Tensor Run(
        Sampler sampler, NoisePrediction predict, Tensor noise, NoiseSchedule schedule, int steps,
        Action<SamplingStep>? onStep = null, double eta = 0, Func<int, Tensor>? stepNoise = null)
    {
        using var run = NewDisposeScope();
        var state = SamplerState.Begin(noise);
        var timesteps = Timesteps(sampler, schedule, steps);
        foreach (var evaluation in SamplerPlan.Create(sampler, schedule, Parameterization.Eps, steps, eta))
        {
            using var scope = NewDisposeScope();
            var latents = SamplerState.Latents(state);
            var predicted = predict(latents, evaluation.Timestep);
            var fresh = evaluation.Next.Noise == 0 ? null : stepNoise?.Invoke(evaluation.Step - 1);
            var original = SamplerState.Advance(state, [evaluation], predicted, fresh);
            if (evaluation.Step > 0)
                onStep?.Invoke(new(evaluation.Step, steps, timesteps[^evaluation.Step], latents, original));
        }
        return SamplerState.Latents(state).clone().MoveToOuterDisposeScope();
    }

    /// <summary>The timesteps that a run visits, ascending.</summary>
    public static int[] Timesteps(Sampler sampler, NoiseSchedule schedule, int steps) =>
        sampler == Sampler.DpmPlusPlus2M ? schedule.SpreadByNoise(steps) : schedule.Spread(steps);

    /// <summary>Denoising diffusion implicit models.</summary>
    /// <param name="noise">Standard normal x_T (B, C, H, W), in the network's dtype and device. It is not changed.</param>
    /// <param name="steps">1…T.</param>
    /// <param name="eta">0 for the deterministic sampler, 1 for one as random as the original diffusion.</param>
    /// <param name="stepNoise">Fresh noise (B, C, H, W) for a step (0 for the first), asked for where eta is not 0.</param>
    public static Tensor Ddim(
        NoisePrediction predict, Tensor noise, NoiseSchedule schedule, int steps,
        double eta = 0, Func<int, Tensor>? stepNoise = null, Action<SamplingStep>? onStep = null) =>
        Run(Sampler.Ddim, predict, noise, schedule, steps, onStep, eta, stepNoise);

    /// <summary>Pseudo linear multi-step. One more network call than steps.</summary>
    public static Tensor Plms(
        NoisePrediction predict, Tensor noise, NoiseSchedule schedule, int steps, Action<SamplingStep>? onStep = null) =>
        Run(Sampler.Plms, predict, noise, schedule, steps, onStep);

    /// <summary>DPM-Solver++(2M), second order.</summary>
    public static Tensor DpmPlusPlus2M(
        NoisePrediction predict, Tensor noise, NoiseSchedule schedule, int steps, Action<SamplingStep>? onStep = null) =>
        Run(Sampler.DpmPlusPlus2M, predict, noise, schedule, steps, onStep);
}
