using RdmCloud.Diffusion.Models;
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

    /// <summary>Resizes as models do it, without rounding to bytes.</summary>
    /// <param name="pictures">Square: (B, 3, H, H) in [-1, 1].</param>
    /// <param name="resolution">S, the tower's resolution.</param>
    /// <param name="preprocessing">That of the image tower; ours are trained with CLIP's own.</param>
    /// <returns>(B, 3, S, S).</returns>
    public static Tensor Prepare(Tensor pictures, int resolution, Preprocessing preprocessing = Preprocessing.CenterCrop)
    {
        using var scope = NewDisposeScope();
        if (preprocessing == Preprocessing.Stretch)
        {
            var stretched = F.interpolate(pictures, [resolution, resolution], mode: InterpolationMode.Bicubic, align_corners: true);
            return Normalize(stretched).MoveToOuterDisposeScope();
        }
        if (pictures.size(2) == resolution)
            return Normalize(pictures).MoveToOuterDisposeScope();
        var weights = CubicWeights((int)pictures.size(2), resolution).to(pictures.device); // (S, H)
        return Normalize(weights.matmul(pictures).matmul(weights.t()).clamp(-1, 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Resizes by the means of the pixels' areas, as other programs do it.</summary>
    public static Tensor PrepareSmoothed(Tensor pictures, int resolution)
    {
        using var scope = NewDisposeScope();
        return Normalize(F.adaptive_avg_pool2d(pictures, [resolution, resolution])).MoveToOuterDisposeScope();
    }

    /// <summary>Cubic convolution (Keys 1981, a = -1/2), made wider by the factor that a picture shrinks by.</summary>
    static Tensor CubicWeights(int from, int to)
    {
        var scale = (double)from / to;
        var width = Math.Max(scale, 1);
        var weights = new float[to, from];
        for (var i = 0; i < to; i++)
        {
            var center = (i + 0.5) * scale;
            var row = Enumerable.Range(0, from).Select(j => Cubic((j + 0.5 - center) / width)).ToArray();
            for (var j = 0; j < from; j++)
                weights[i, j] = (float)(row[j] / row.Sum());
        }
        return tensor(weights);
    }

    static double Cubic(double x) => Math.Abs(x) switch
    {
        < 1 and var d => (1.5 * d - 2.5) * d * d + 1,
        < 2 and var d => ((-0.5 * d + 2.5) * d - 4) * d + 2,
        _ => 0,
    };

    static Tensor Normalize(Tensor pictures)
    {
        var means = tensor(Means).view(1, 3, 1, 1).to(pictures.device);
        var deviations = tensor(Deviations).view(1, 3, 1, 1).to(pictures.device);
        return ((pictures + 1) / 2).sub_(means).div_(deviations);
    }
}
