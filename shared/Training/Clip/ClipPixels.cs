using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RdmCloud.Training.Clip;

/// <summary>
/// Pixels as CLIP reads them: at its resolution, each channel less its mean, over its deviation, as in the original.
/// </summary>
public static class ClipPixels
{
    static readonly float[] Means = [0.48145466f, 0.4578275f, 0.40821073f];
    static readonly float[] Deviations = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <summary>Resizes as the databases do: bicubic between the corners, without smoothing.</summary>
    /// <param name="pictures">(B, 3, H, W) in [-1, 1].</param>
    /// <param name="resolution">S, the tower's resolution.</param>
    /// <returns>(B, 3, S, S).</returns>
    public static Tensor Prepare(Tensor pictures, int resolution)
    {
        using var scope = NewDisposeScope();
        var resized = pictures.size(2) == resolution
            ? pictures
            : F.interpolate(pictures, [resolution, resolution], mode: InterpolationMode.Bicubic, align_corners: true);
        return Normalize(resized).MoveToOuterDisposeScope();
    }

    /// <summary>Resizes by the means of the pixels' areas, as other programs do it.</summary>
    public static Tensor PrepareSmoothed(Tensor pictures, int resolution)
    {
        using var scope = NewDisposeScope();
        return Normalize(F.adaptive_avg_pool2d(pictures, [resolution, resolution])).MoveToOuterDisposeScope();
    }

    static Tensor Normalize(Tensor pictures)
    {
        var means = tensor(Means).view(1, 3, 1, 1).to(pictures.device);
        var deviations = tensor(Deviations).view(1, 3, 1, 1).to(pictures.device);
        return ((pictures + 1) / 2).sub_(means).div_(deviations);
    }
}
