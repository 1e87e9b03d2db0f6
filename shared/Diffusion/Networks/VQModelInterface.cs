using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

/// <summary>
/// The vector-quantized autoencoder as latent diffusion uses it: encoding stops before the codebook, decoding passes through it.
/// </summary>
public sealed class VQModelInterface : Autoencoder
{
    readonly Encoder encoder;
    readonly Decoder decoder;
    readonly VectorQuantizer quantize;
    readonly Conv2d quant_conv;
    readonly Conv2d post_quant_conv;

    public VQModelInterface(AutoencoderConfig config) : base(nameof(VQModelInterface), config)
    {
        encoder = new Encoder(config.Coder);
        decoder = new Decoder(config.Coder);
        quantize = new VectorQuantizer(config.NEmbed, config.EmbedDim);
        quant_conv = new Conv2d(config.Coder.ZChannels, config.EmbedDim, 1);
        post_quant_conv = new Conv2d(config.EmbedDim, config.Coder.ZChannels, 1);
        RegisterComponents();
    }

    public override Tensor Encode(Tensor images)
    {
        using var encoded = encoder.forward(images);
        return quant_conv.forward(encoded);
    }

    public override Tensor Decode(Tensor latents)
    {
        using var quantized = Quantize(latents).Quantized;
        return DecodeQuantized(quantized);
    }

    /// <summary>Decoding without the codebook.</summary>
    public Tensor DecodeQuantized(Tensor latents)
    {
        using var hidden = post_quant_conv.forward(latents);
        return decoder.forward(hidden);
    }

    /// <summary>
    /// Latents (B, C, h, w) → their nearest codebook entries (B, C, h, w) and those entries' numbers (B, h, w).
    /// </summary>
    public (Tensor Quantized, Tensor Indices) Quantize(Tensor latents) => quantize.forward(latents);

    sealed class VectorQuantizer : nn.Module
    {
        readonly Embedding embedding;

        public VectorQuantizer(int entries, int dimension) : base(nameof(VectorQuantizer))
        {
            embedding = new Embedding(entries, dimension);
            RegisterComponents();
        }

        public (Tensor, Tensor) forward(Tensor z)
        {
            using var scope = NewDisposeScope();
            var flat = z.permute(0, 2, 3, 1).reshape(-1, z.size(1)); // (B·h·w, C)
            // ‖z - e‖² = ‖z‖² + ‖e‖² - 2 z·e
            var distances = flat.square().sum(1, keepdim: true)
                .Plus(embedding.weight.square().sum(1))
                .Plus(flat.matmul(embedding.weight.t()).Times(-2));
            var indices = distances.argmin(1).view(z.size(0), z.size(2), z.size(3));
            var quantized = embedding.forward(indices).permute(0, 3, 1, 2).contiguous();
            return (quantized.MoveToOuterDisposeScope(), indices.MoveToOuterDisposeScope());
        }
    }
}
