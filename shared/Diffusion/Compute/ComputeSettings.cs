using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Compute;

/// <summary>How networks are run on this machine's CPU.</summary>
/// <param name="Threads">For one operation of torch.</param>
/// <param name="Type">The fastest type for weights and activations: float32, or bfloat16 where the CPU computes in it.</param>
public sealed record ComputeSettings(int Threads, ScalarType Type);
