using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

public class ClipPixels_Tests
{
    const double OneByte = 1 / (255 * 0.26);

    [Theory]
    [InlineData(128, 64, Preprocessing.CenterCrop)]
    [InlineData(64, 64, Preprocessing.CenterCrop)]
    [InlineData(48, 32, Preprocessing.CenterCrop)]
    [InlineData(32, 64, Preprocessing.CenterCrop)]
    [InlineData(128, 64, Preprocessing.Stretch)]
    [InlineData(64, 64, Preprocessing.Stretch)]
    public void Prepare_IsWhatModelsDo_ToARounding(int side, int resolution, Preprocessing preprocessing)
    {
        using var scope = NewDisposeScope();
        var picture = Picture(side);
        var pixels = tensor(picture.Pixels).view(1, side, side, 3).permute(0, 3, 1, 2).to(ScalarType.Float32).div(127.5).sub(1);
        var expected = preprocessing == Preprocessing.CenterCrop
            ? ClipPreprocessing.CenterCrop(picture, resolution)
            : ClipPreprocessing.Stretch(picture, resolution);
        var difference = (ClipPixels.Prepare(pixels, resolution, preprocessing) - tensor(expected).view(1, 3, resolution, resolution)).abs().max().item<float>();
        Assert.True(difference <= 1.5 * OneByte, $"{difference / OneByte} of 255");
    }

    // Edges, thin lines and a slope.
    static RgbImage Picture(int side) => new(side, side,
    [
        .. Enumerable.Range(0, side * side).SelectMany(i => new byte[]
        {
            (byte)(i % side > side / 3 ? 255 : 0), (byte)(i % 5 == 0 ? 200 : 20), (byte)(i / side * 255 / side),
        }),
    ]);
}
