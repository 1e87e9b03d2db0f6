using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RdmCloud.Training.Clip;

/// <summary>The loss of CLIP (Radford et al. 2021) where a picture may have several texts and a text several pictures.</summary>
public static class ContrastiveLoss
{
    /// <summary>The mean of both directions' cross entropies; the target is spread evenly over all that match.</summary>
    /// <param name="images">(N, D), of any length.</param>
    /// <param name="texts">(M, D), of any length.</param>
    /// <param name="matches">
    /// (N, M), true where the text describes the picture: at least once in each row. Texts of no picture only tell what the
    /// pictures are not.
    /// </param>
    /// <param name="scale">Factor of the cosines: one over the temperature.</param>
    public static Tensor Of(Tensor images, Tensor texts, Tensor matches, Tensor scale)
    {
        using var scope = NewDisposeScope();
        var logits = scale * Unit(images).matmul(Unit(texts).t()); // (N, M)
        return (0.5 * (CrossEntropy(logits, matches, 1) + CrossEntropy(logits, matches, 0))).MoveToOuterDisposeScope();
    }

    static Tensor Unit(Tensor x) => F.normalize(x.to(ScalarType.Float32), dim: -1);

    static Tensor CrossEntropy(Tensor logits, Tensor matches, long dimension)
    {
        var target = matches.to(ScalarType.Float32);
        var count = target.sum([dimension]);
        var matching = (F.log_softmax(logits, dimension) * target).sum([dimension]) / count.clamp_min(1);
        return -matching.sum() / count.count_nonzero();
    }
}
