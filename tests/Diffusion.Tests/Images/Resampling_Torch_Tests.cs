using RdmCloud.Images;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Images;

[Trait("Category", "Parity")]
public class Resampling_Torch_Tests(ITestOutputHelper output)
{
    [Fact]
    public void AlignedCorners_EqualTorchsInterpolation()
    {
        using var scope = NewDisposeScope();
        var worst = 0f;
        (int, int, int)[] sizes = [(400, 260, 224), (97, 233, 224), (31, 20, 224), (1, 1, 8), (1, 9, 8), (300, 300, 64)];
        foreach (var (width, height, size) in sizes)
        {
            var image = new RgbImage(width, height);
            new Random(1).NextBytes(image.Pixels);
            var pixels = tensor(image.Pixels).reshape(1, height, width, 3).permute(0, 3, 1, 2).to(float32) / 127.5 - 1;
            var expected = nn.functional.interpolate(
                pixels, size: [size, size], mode: InterpolationMode.Bicubic, align_corners: true);
            var resized = tensor(Resampling.BicubicAlignedCorners(image, size, size)).reshape(1, 3, size, size);
            worst = Math.Max(worst, (resized - expected).abs().max().item<float>());
        }
        output.WriteLine($"bicubic with aligned corners: worst error {worst:E1}");
        Assert.InRange(worst, 0, 1e-4f);
    }
}
