using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Autoencoders;

public class AutoencoderLoss_Tests
{
    [Fact]
    public void Of_ConstantError_IsTheWeightedSumOfItsParts()
    {
        using var scope = NewDisposeScope();
        var images = rand(2, 3, 8, 8);
        var moments = cat([full([2, 4, 2, 2], 2), zeros(2, 4, 2, 2)], 1); // N(2, 1): a divergence of 2² / 2

        var loss = AutoencoderLoss.Of(images, images + 0.1f, moments).item<float>();

        Assert.Equal(0.1 + 0.5 * 0.01 + 4e-4 * 2, loss, 5);
    }

    [Fact]
    public void PeakSignalToNoise_ErrorOfAHundredth_IsFortySixDecibel()
    {
        using var scope = NewDisposeScope();
        var images = zeros(3, 3, 8, 8);

        Assert.Equal(20 * Math.Log10(2 / 0.01), AutoencoderTask.PeakSignalToNoise(images, images + 0.01f), 2);
    }
}
