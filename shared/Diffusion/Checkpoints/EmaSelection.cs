namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>Which of a checkpoint's tensors a network is to be filled with.</summary>
/// <param name="Names">The network's parameter name → the tensor's name in the checkpoint.</param>
/// <param name="IsEma">Whether these are the averaged weights, which the original always samples with.</param>
/// <param name="Warning">For the user, where they are not.</param>
public sealed record EmaSelection(IReadOnlyDictionary<string, string> Names, bool IsEma, string? Warning);
