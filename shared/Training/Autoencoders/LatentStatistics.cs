using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Autoencoders;

/// <summary>Makes latents fit for diffusion: with mean zero, and a factor that gives them deviation one.</summary>
public static class LatentStatistics
{
    /// <summary>
    /// Moves the mean of every channel into the biases at the latent's two sides, which changes no reconstruction.
    /// </summary>
    /// <param name="images">A sample (B, 3, H, W) in [-1, 1].</param>
    /// <returns>The scale factor: one over the deviation of the centered latents.</returns>
    public static double Center(AutoencoderKL autoencoder, Tensor images)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var latents = cat([.. images.split(64).Select(autoencoder.Encode)]);
        var means = latents.mean([0, 2, 3]); // (C)
        var weights = autoencoder.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        weights["quant_conv.bias"].narrow(0, 0, means.size(0)).sub_(means);
        weights["post_quant_conv.bias"].add_(weights["post_quant_conv.weight"].flatten(1).matmul(means));
        return 1 / (latents - means.view(1, -1, 1, 1)).square().mean().sqrt().item<float>();
    }
}
