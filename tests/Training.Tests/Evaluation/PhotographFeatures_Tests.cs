using RdmCloud.Images;
using RdmCloud.Training.Styles;
using static TorchSharp.torch;

namespace RdmCloud.Training.Evaluation;

public sealed class PhotographFeatures_Tests : IDisposable
{
    readonly PhotographFeatures features = new();

    [Fact]
    public void PicturesAlike_AreNearerThanOthers()
    {
        using var scope = NewDisposeScope();
        var looks = features.Look([Disc(200, 30, 30, 20), Disc(200, 30, 30, 22), Stripes()]);
        var cosines = looks.matmul(looks.t());
        Assert.Equal([3, 512], looks.shape);
        Assert.Equal(1, cosines[0, 0].item<float>(), 1e-4);
        Assert.True(cosines[0, 1].item<float>() > cosines[0, 2].item<float>() + 0.1);
    }

    [Fact]
    public void Look_IsTheSameAloneAndAmongOthers_AndHangsOnTheColor()
    {
        using var scope = NewDisposeScope();
        var looks = features.Look([Stripes(), Disc(200, 30, 30, 20), Disc(30, 30, 200, 20)]);
        Assert.Equal(features.Look([Disc(200, 30, 30, 20)])[0].data<float>().ToArray(), looks[1].data<float>().ToArray());
        Assert.True((looks[1] * looks[2]).sum().item<float>() < 0.99);
    }

    [Fact]
    public void StyleJudge_OnThem_TellsDiscsFromStripes()
    {
        using var scope = NewDisposeScope();
        RgbImage[] discs = [.. Enumerable.Range(0, 12).Select(i => Disc((byte)(40 + 15 * i), 90, 40, 12 + i))];
        RgbImage[] stripes = [.. Enumerable.Range(2, 12).Select(width => Stripes(width))];
        using var classifier = Trained(features.Look([.. discs, .. stripes]), discs.Length);
        var judge = new StyleJudge(features, classifier);
        Assert.Equal(1, judge.Of(discs, 0).Accuracy);
        Assert.Equal(0, judge.Of(stripes, 0).Accuracy);
        Assert.True(judge.Of(stripes, 1).Logit > judge.Of(stripes, 0).Logit);
        Assert.Equal(0.5, judge.Accuracy([discs[0], stripes[0]], [0, 0]));
    }

    public void Dispose() => features.Dispose();

    static StyleClassifier Trained(Tensor looks, int firstOnes)
    {
        var classifier = new StyleClassifier((int)looks.size(1), 16, 2);
        Initialization.Fill(classifier, 0);
        var labels = arange(looks.size(0)).ge(firstOnes).to(ScalarType.Int64);
        using var optimizer = optim.AdamW(classifier.parameters(), 0.01);
        for (var step = 0; step < 60; step++)
        {
            optimizer.zero_grad();
            nn.functional.cross_entropy(classifier.forward(looks), labels).backward();
            optimizer.step();
        }
        return classifier;
    }

    static RgbImage Disc(byte red, byte green, byte blue, int radius) => Draw((x, y) =>
        (x - 32) * (x - 32) + (y - 32) * (y - 32) < radius * radius ? [red, green, blue] : [255, 255, 255]);

    static RgbImage Stripes(int width = 4) => Draw((x, _) => x / width % 2 == 0 ? [0, 0, 0] : [255, 255, 255]);

    static RgbImage Draw(Func<int, int, byte[]> color) =>
        new(64, 64, [.. Enumerable.Range(0, 64 * 64).SelectMany(i => color(i % 64, i / 64))]);
}
