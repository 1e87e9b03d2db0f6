using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

/// <summary>The variational autoencoder of latent diffusion: a latent is a Gaussian, given by its moments.</summary>
public sealed class AutoencoderKL : Autoencoder
{
    readonly Encoder encoder;
    readonly Decoder decoder;
    readonly Conv2d quant_conv;
    readonly Conv2d post_quant_conv;

    public AutoencoderKL(AutoencoderConfig config) : base(nameof(AutoencoderKL), config)
    {
        encoder = new Encoder(config.Coder);
        decoder = new Decoder(config.Coder);
        quant_conv = new Conv2d(2 * config.Coder.ZChannels, 2 * config.EmbedDim, 1);
        post_quant_conv = new Conv2d(config.EmbedDim, config.Coder.ZChannels, 1);
        RegisterComponents();
    }

    /// <summary>Images (B, 3, H, W) → (B, 2C, h, w): mean and logarithm of the variance.</summary>
    public Tensor Moments(Tensor images)
    {
        using var encoded = encoder.forward(images);
        return quant_conv.forward(encoded);
    }

    /// <summary>The mode (mean) of the latent's distribution.</summary>
    public override Tensor Encode(Tensor images)
    {
        using var moments = Moments(images);
        return moments.narrow(1, 0, Config.EmbedDim).clone();
    }

    /// <summary>A sample of the distribution: mean + exp(logvar / 2) · noise, with the logarithm held in [-30, 20].</summary>
    /// <param name="moments">(B, 2C, h, w).</param>
    /// <param name="noise">Standard normal (B, C, h, w).</param>
    public static Tensor Sample(Tensor moments, Tensor noise)
    {
        using var scope = NewDisposeScope();
        var parts = moments.chunk(2, 1);
        return parts[0].Plus(parts[1].Clamped(-30, 20).Times(0.5).exp() * noise).MoveToOuterDisposeScope();
    }

    public override Tensor Decode(Tensor latents)
    {
        using var hidden = post_quant_conv.forward(latents);
        return decoder.forward(hidden);
    }
}
