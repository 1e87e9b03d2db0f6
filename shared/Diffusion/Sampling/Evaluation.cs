namespace RdmCloud.Diffusion.Sampling;

/// <summary>One network call of a sampler, and what its answer makes of the latents.</summary>
/// <param name="Timestep">At which the network is asked about the latents.</param>
/// <param name="Step">1… where this call ends a step; 0 where it only tries one out.</param>
/// <param name="Next">The next latents.</param>
/// <param name="Original">The noiseless latents x₀ that the network foresees.</param>
/// <param name="Keep">What later steps look back on; null for nothing new.</param>
sealed record Evaluation(int Timestep, int Step, Combination Next, Combination Original, Combination? Keep = null);
