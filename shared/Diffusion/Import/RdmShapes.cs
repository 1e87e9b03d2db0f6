using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;

namespace RdmCloud.Diffusion.Import;

/// <summary>The configuration of an RDM checkpoint without its YAML. What no shape shows is as in the published models.</summary>
static class RdmShapes
{
    const int PublishedHeadChannels = 32;
    const double PublishedScaleFactor = 0.22765929;

    public static OriginalConfig Read(ITensorSource checkpoint)
    {
        var betas = new float[1000];
        if (!checkpoint.Tensors.TryGetValue("betas", out var info)
            || info.Type != ElementType.Float32 || info.ElementCount != betas.Length)
            throw new ModelException(
                "The checkpoint does not hold its noise schedule (betas). Give its configuration with --config.");
        checkpoint.Read("betas", MemoryMarshal.AsBytes(betas.AsSpan()));
        var network = Network(new(RenamedTensors.Under(checkpoint, "model.diffusion_model.")));
        var (kind, autoencoder) = Autoencoder(new(RenamedTensors.Under(checkpoint, "first_stage_model.")));
        return new()
        {
            Network = network,
            Autoencoder = autoencoder,
            AutoencoderKind = kind,
            Schedule = new(betas.Length, betas[0], betas[^1]),
            ScaleFactor = kind == AutoencoderKind.Kl ? PublishedScaleFactor : 1,
        };
    }

    public static UNetConfig Network(ShapeReader shapes)
    {
        var channels = shapes.Size("input_blocks.0.0.weight", 0);
        var (multiples, attention) = (new List<int>(), new List<int>());
        var (factor, blocks, width, blocksOfLevel) = (1, 0, channels, 0);
        for (var i = 1; shapes.HasUnder($"input_blocks.{i}."); i++)
        {
            var resized = shapes.Has($"input_blocks.{i}.0.op.weight");
            if (resized)
            {
                multiples.Add(width / channels);
                (factor, blocks, blocksOfLevel) = (factor * 2, blocksOfLevel, 0);
                continue;
            }
            width = shapes.Size($"input_blocks.{i}.0.out_layers.3.weight", 0);
            blocksOfLevel++;
            if (shapes.HasUnder($"input_blocks.{i}.1.") && !attention.Contains(factor))
                attention.Add(factor);
        }
        multiples.Add(width / channels);
        const string transformer = "middle_block.1.transformer_blocks.";
        return new()
        {
            InChannels = shapes.Size("input_blocks.0.0.weight", 1),
            OutChannels = shapes.Size("out.2.weight", 0),
            ModelChannels = channels,
            AttentionResolutions = [.. attention],
            NumResBlocks = Math.Max(blocks, blocksOfLevel),
            ChannelMult = [.. multiples],
            NumHeadChannels = PublishedHeadChannels,
            UseSpatialTransformer = true,
            TransformerDepth = shapes.Count(transformer),
            ContextDim = shapes.Size(transformer + "0.attn2.to_k.weight", 1),
        };
    }

    public static (AutoencoderKind, AutoencoderConfig) Autoencoder(ShapeReader shapes)
    {
        var kind = shapes.Has("quantize.embedding.weight") ? AutoencoderKind.Vq : AutoencoderKind.Kl;
        var levels = shapes.Count("encoder.down.");
        var channels = shapes.Size("encoder.conv_in.weight", 0);
        const int resolution = 256; // where attention stands is told in nominal sides
        ImmutableArray<int> multiples = [.. Enumerable.Range(0, levels)
            .Select(level => shapes.Size($"encoder.down.{level}.block.0.conv2.weight", 0) / channels)];
        return (kind, new()
        {
            EmbedDim = kind == AutoencoderKind.Vq
                ? shapes.Size("quantize.embedding.weight", 1)
                : shapes.Size("post_quant_conv.weight", 1),
            NEmbed = kind == AutoencoderKind.Vq ? shapes.Size("quantize.embedding.weight", 0) : 0,
            Coder = new()
            {
                DoubleZ = kind == AutoencoderKind.Kl,
                ZChannels = shapes.Size("decoder.conv_in.weight", 1),
                Resolution = resolution,
                InChannels = shapes.Size("encoder.conv_in.weight", 1),
                OutCh = shapes.Size("decoder.conv_out.weight", 0),
                Ch = channels,
                ChMult = multiples,
                NumResBlocks = shapes.Count("encoder.down.0.block."),
                AttnResolutions = [.. Enumerable.Range(0, levels)
                    .Where(level => shapes.HasUnder($"encoder.down.{level}.attn.0.")).Select(level => resolution >> level)],
            },
        });
    }
}
