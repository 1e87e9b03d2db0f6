using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

public class PictureNoise_Tests
{
    [Fact]
    public void PictureOfABatch_HasTheNoiseThatItHasAlone()
    {
        using var scope = NewDisposeScope();
        using var batch = new PictureNoise(seed: 41, pictures: 3, [4, 8, 8]);
        var together = new[] { batch.Next(), batch.Next() };
        for (var i = 0; i < 3; i++)
        {
            using var alone = new PictureNoise(seed: 41 + (ulong)i, pictures: 1, [4, 8, 8]);
            foreach (var noise in together)
                Assert.True(noise.narrow(0, i, 1).equal(alone.Next()).all().item<bool>());
        }
    }

    [Fact]
    public void LargestSeed_Wraps()
    {
        using var scope = NewDisposeScope();
        using var last = new PictureNoise(ulong.MaxValue, pictures: 2, [1, 2, 2]);
        using var zero = new PictureNoise(0, pictures: 1, [1, 2, 2]);
        Assert.True(last.Next().narrow(0, 1, 1).equal(zero.Next()).all().item<bool>());
    }
}
