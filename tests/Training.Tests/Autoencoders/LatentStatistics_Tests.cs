using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Autoencoders;

public class LatentStatistics_Tests
{
    [Fact]
    public void Center_MakesLatentsFitForDiffusion_AndChangesNoReconstruction()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var autoencoder = new AutoencoderKL(ToyNetworks.Autoencoder);
        Initialization.Fill(autoencoder, seed: 4);
        var images = rand([70, 3, 16, 16], generator: new Generator(4)) * 2 - 1;
        var before = autoencoder.Decode(autoencoder.Encode(images));

        var scale = LatentStatistics.Center(autoencoder, images);

        var latents = autoencoder.Encode(images) * scale;
        Assert.All(latents.mean([0, 2, 3]).data<float>().ToArray(), mean => Assert.Equal(0, mean, 3));
        Assert.Equal(1, latents.std().item<float>(), 2);
        Assert.True(autoencoder.Decode(latents / scale).allclose(before, 1e-3, 1e-4));
    }
}
