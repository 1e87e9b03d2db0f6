using RdmCloud.Diffusion.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Rdm;

/// <summary>
/// The squared error of ε, as in the paper, or of v = √ᾱ ε - √(1 - ᾱ) x₀ with min-SNR weights: min(SNR, γ) / (SNR + 1),
/// SNR = ᾱ / (1 - ᾱ).
/// </summary>
public sealed class DiffusionLoss(NoiseSchedule schedule, Parameterization parameterization, double maxSignalToNoise)
{
    readonly Tensor alphas = tensor(
        [.. Enumerable.Range(0, schedule.Timesteps).Select(t => (float)schedule.AlphaCumprod(t))]).DetachFromDisposeScope();

    /// <param name="predict">Noisy latents and timesteps (B) → ε or v.</param>
    /// <param name="latents">x₀ (B, C, h, w).</param>
    /// <param name="noise">ε.</param>
    /// <param name="timesteps">(B), 0 … T - 1.</param>
    public Tensor Of(Func<Tensor, Tensor, Tensor> predict, Tensor latents, Tensor noise, Tensor timesteps)
    {
        using var scope = NewDisposeScope();
        var alpha = alphas.to(latents.device).index_select(0, timesteps).view(-1, 1, 1, 1);
        var (signal, deviation) = (alpha.sqrt(), (1 - alpha).sqrt());
        var predicted = predict(signal * latents + deviation * noise, timesteps).to(ScalarType.Float32);
        if (parameterization == Parameterization.Eps)
            return (predicted - noise).square().mean().MoveToOuterDisposeScope();
        var velocity = signal * noise - deviation * latents;
        var ratio = alpha / (1 - alpha);
        var weights = ratio.clamp_max(maxSignalToNoise) / (ratio + 1);
        return ((predicted - velocity).square() * weights).mean().MoveToOuterDisposeScope();
    }
}
