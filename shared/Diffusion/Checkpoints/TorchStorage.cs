namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>A flat run of numbers that one or more tensors of a PyTorch checkpoint are views of.</summary>
/// <param name="Key">The name of its file under <c>data/</c>.</param>
sealed record TorchStorage(ElementType Type, string Key, long Count);
