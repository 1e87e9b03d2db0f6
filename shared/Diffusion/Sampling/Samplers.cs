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
    public static Tensor Run(Sampler sampler, NoisePrediction predict, Tensor noise, NoiseSchedule schedule, int steps, Action<SamplingStep>? onStep = null) => sampler switch
    {
        Sampler.Ddim => Ddim(predict, noise, schedule, steps, onStep: onStep),
        Sampler.Plms => Plms(predict, noise, schedule, steps, onStep),
        Sampler.DpmPlusPlus2M => DpmPlusPlus2M(predict, noise, schedule, steps, onStep),
        _ => throw new ArgumentOutOfRangeException(nameof(sampler), sampler, null),
    };

    /// <summary>The timesteps that a run visits, ascending.</summary>
    public static int[] Timesteps(Sampler sampler, NoiseSchedule schedule, int steps) =>
        sampler == Sampler.DpmPlusPlus2M ? schedule.SpreadByNoise(steps) : schedule.Spread(steps);

    /// <summary>Denoising diffusion implicit models: Song et al. 2020, equation 12.</summary>
    /// <param name="noise">Standard normal x_T (B, C, H, W), in the network's dtype and device. It is not changed.</param>
    /// <param name="steps">1…T.</param>
    /// <param name="eta">0 for the deterministic sampler, 1 for one as random as the original diffusion.</param>
    /// <param name="stepNoise">Fresh noise (B, C, H, W) for a step (0 for the first), asked for where eta is not 0.</param>
    public static Tensor Ddim(NoisePrediction predict, Tensor noise, NoiseSchedule schedule, int steps, double eta = 0, Func<int, Tensor>? stepNoise = null, Action<SamplingStep>? onStep = null)
    {
        using var run = NewDisposeScope();
        var walk = new Walk(noise, schedule, schedule.Spread(steps), onStep);
        while (walk.Next())
        {
            using var scope = NewDisposeScope();
            var predicted = predict(walk.Latents, walk.Timestep);
            // σ = η √((1 - ᾱ_prev) / (1 - ᾱ)) √(1 - ᾱ / ᾱ_prev), equation 16
            var sigma = eta * Math.Sqrt((1 - walk.NextAlpha) / (1 - walk.Alpha) * (1 - walk.Alpha / walk.NextAlpha));
            walk.Step(predicted, sigma, sigma > 0 ? stepNoise?.Invoke(walk.Index) : null);
        }
        return walk.Latents.MoveToOuterDisposeScope();
    }

    /// <summary>Pseudo linear multi-step: Liu et al. 2022, equations 9 and 12. One more network call than steps.</summary>
    public static Tensor Plms(NoisePrediction predict, Tensor noise, NoiseSchedule schedule, int steps, Action<SamplingStep>? onStep = null)
    {
        using var run = NewDisposeScope();
        var walk = new Walk(noise, schedule, schedule.Spread(steps), onStep);
        var history = new List<Tensor>(4); // earlier predictions, newest first
        while (walk.Next())
        {
            using var scope = NewDisposeScope();
            var predicted = predict(walk.Latents, walk.Timestep);
            var combined = history switch
            {
                [] when walk.IsLast => predicted, // a single step has no other to look ahead to
                [] => (predicted + predict(walk.Peek(predicted), walk.NextTimestep)) / 2,
                [var one] => (3 * predicted - one) / 2,
                [var one, var two] => (23 * predicted - 16 * one + 5 * two) / 12,
                [var one, var two, var three, ..] => (55 * predicted - 59 * one + 37 * two - 9 * three) / 24,
            };
            walk.Step(combined);
            history.Insert(0, predicted.MoveToOuterDisposeScope());
            if (history.Count > 3)
            {
                history[3].Dispose();
                history.RemoveAt(3);
            }
        }
        return walk.Latents.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// DPM-Solver++(2M): Lu et al. 2022, algorithm 2; second order in the half logarithm of the signal-to-noise ratio λ, the first
    /// and the last step of first order.
    /// </summary>
    public static Tensor DpmPlusPlus2M(NoisePrediction predict, Tensor noise, NoiseSchedule schedule, int steps, Action<SamplingStep>? onStep = null)
    {
        using var run = NewDisposeScope();
        var walk = new Walk(noise, schedule, schedule.SpreadByNoise(steps), onStep);
        Tensor? earlier = null;
        var earlierStep = 0.0; // h of the step before
        while (walk.Next())
        {
            using var scope = NewDisposeScope();
            var original = walk.Original(predict(walk.Latents, walk.Timestep));
            var h = walk.NextLambda - walk.Lambda;
            var r = earlierStep / h;
            // D = (1 + 1 / 2r) x₀ - (1 / 2r) x₀ of the step before
            var direction = earlier is null || walk.IsLast ? original : original * (1 + 0.5 / r) - earlier * (0.5 / r);
            // x = (σ_next / σ) x - α_next (e^-h - 1) D
            var next = walk.Latents * Math.Sqrt((1 - walk.NextAlpha) / (1 - walk.Alpha)) - direction * (Math.Sqrt(walk.NextAlpha) * (Math.Exp(-h) - 1));
            walk.MoveTo(next, original);
            earlier?.Dispose();
            (earlier, earlierStep) = (original.MoveToOuterDisposeScope(), h);
        }
        return walk.Latents.MoveToOuterDisposeScope();
    }
}
