using RdmCloud.Images;

namespace RdmCloud.Diffusion.Engine;

/// <summary>What a picture is about to become: its foreseen x₀, decoded.</summary>
/// <param name="Picture">0 for the job's first.</param>
public sealed record DrawingPreview(int Picture, RgbImage Image);
