using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

/// <summary>What a sampler tells after each step. The tensors live until the callback returns.</summary>
/// <param name="Index">1 after the first step, <paramref name="Count"/> after the last.</param>
/// <param name="Timestep">The timestep that was left.</param>
/// <param name="Latents">The latents after the step (B, C, H, W).</param>
/// <param name="PredictedOriginal">The noiseless latents that the network foresaw (B, C, H, W): a preview.</param>
public readonly record struct SamplingStep(int Index, int Count, int Timestep, Tensor Latents, Tensor PredictedOriginal);
