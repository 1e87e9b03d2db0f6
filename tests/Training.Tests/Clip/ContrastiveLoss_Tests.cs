using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

public class ContrastiveLoss_Tests
{
    [Fact]
    public void Of_OneTextForEachPicture_IsTheMeanOfBothCrossEntropies()
    {
        using var scope = NewDisposeScope();
        var images = tensor(new float[,] { { 1, 0 }, { 0, 1 } });
        var texts = tensor(new float[,] { { 2, 0 }, { 3, 4 } }); // cosines: 1, 0.6; 0, 0.8

        var loss = ContrastiveLoss.Of(images, texts, eye(2).to(ScalarType.Bool), tensor(2.0));

        var toTexts = (LogSumExp(2, 1.2) - 2 + LogSumExp(0, 1.6) - 1.6) / 2;
        var toImages = (LogSumExp(2, 0) - 2 + LogSumExp(1.2, 1.6) - 1.6) / 2;
        Assert.Equal((toTexts + toImages) / 2, loss.item<float>(), 1e-5);
    }

    [Fact]
    public void Of_SeveralMatches_SpreadsTheTargetEvenlyOverThem()
    {
        using var scope = NewDisposeScope();
        var images = tensor(new float[,] { { 1, 0 }, { 0, 1 } });
        var texts = tensor(new float[,] { { 1, 0 }, { 0.6f, 0.8f }, { 0, 1 } }); // cosines: 1, 0.6, 0; 0, 0.8, 1
        var matches = tensor(new[,] { { true, true, false }, { false, true, true } });

        var loss = ContrastiveLoss.Of(images, texts, matches, tensor(1.0));

        var toTexts = (LogSumExp(1, 0.6, 0) - 0.8 + LogSumExp(0, 0.8, 1) - 0.9) / 2;
        var toImages = (LogSumExp(1, 0) - 1 + LogSumExp(0.6, 0.8) - 0.7 + LogSumExp(0, 1) - 1) / 3;
        Assert.Equal((toTexts + toImages) / 2, loss.item<float>(), 1e-5);
    }

    [Fact]
    public void Of_TextOfNoPicture_CountsAgainstThePicturesAndAsksForNone()
    {
        using var scope = NewDisposeScope();
        var images = tensor(new float[,] { { 1, 0 } });
        var texts = tensor(new float[,] { { 1, 0 }, { 0, 1 } });

        var loss = ContrastiveLoss.Of(images, texts, tensor(new[,] { { true, false } }), tensor(1.0));

        Assert.Equal((LogSumExp(1, 0) - 1) / 2, loss.item<float>(), 1e-5);
    }

    static double LogSumExp(params double[] values) => Math.Log(values.Sum(Math.Exp));
}
