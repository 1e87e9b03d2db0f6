using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

/// <summary>Images to latents and back: the first stage that diffusion runs in the latent space of.</summary>
public abstract class Autoencoder(string name, AutoencoderConfig config) : nn.Module(name)
{
    public AutoencoderConfig Config { get; } = config;

    /// <summary>Images (B, 3, H, W) in [-1, 1] → latents (B, C, H / f, W / f), before any scale factor.</summary>
    public abstract Tensor Encode(Tensor images);

    /// <summary>
    /// Latents (B, C, h, w), after the scale factor is divided out → images (B, 3, h·f, w·f), about in [-1, 1].
    /// </summary>
    public abstract Tensor Decode(Tensor latents);
}
