using RdmCloud.Images;
using RdmCloud.Training.Styles;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Evaluation;

/// <summary>Says which style pictures are in.</summary>
/// <param name="classifier">It reads these features.</param>
public sealed class StyleJudge(IPictureFeatures features, StyleClassifier classifier)
{
    /// <summary>What it makes of pictures that should all be of one style.</summary>
    /// <param name="style">The number of the style, in the order of the classifier's logits.</param>
    public StyleVerdict Of(IReadOnlyList<RgbImage> pictures, int style)
    {
        using var scope = NewDisposeScope();
        return Of(Logits(pictures), style);
    }

    /// <summary>The share of pictures that are taken for the style that each one should be of.</summary>
    public double Accuracy(IReadOnlyList<RgbImage> pictures, IReadOnlyList<int> styles)
    {
        using var scope = NewDisposeScope();
        var wanted = tensor(styles.Select(style => (long)style).ToArray());
        return Logits(pictures).argmax(1).eq(wanted).to(ScalarType.Float32).mean().item<float>();
    }

    Tensor Logits(IReadOnlyList<RgbImage> pictures)
    {
        using var noGradient = no_grad();
        return classifier.forward(features.Look(pictures));
    }

    static StyleVerdict Of(Tensor logits, int style) =>
        new(logits.argmax(1).eq(style).to(ScalarType.Float32).mean().item<float>(), logits.select(1, style).mean().item<float>());
}

/// <param name="Accuracy">The share of pictures that are taken for the style, 0 to 1.</param>
/// <param name="Logit">The style's mean logit.</param>
public sealed record StyleVerdict(double Accuracy, double Logit);
