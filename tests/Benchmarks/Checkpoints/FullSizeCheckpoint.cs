using System.IO.Compression;
using System.Runtime.InteropServices;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Networks;
using TorchSharp;

namespace RdmCloud.Benchmarks.Checkpoints;

/// <summary>
/// A checkpoint of the size and the names of the ImageNet RDM: raw and averaged weights and the VQ autoencoder, float32.
/// </summary>
static class FullSizeCheckpoint
{
    static readonly UNetConfig network = new()
    {
        InChannels = 3,
        OutChannels = 3,
        ModelChannels = 192,
        AttentionResolutions = [8, 4, 2],
        NumResBlocks = 2,
        ChannelMult = [1, 2, 3, 5],
        NumHeadChannels = 32,
        UseSpatialTransformer = true,
        ContextDim = 512,
    };

    static readonly AutoencoderConfig autoencoder = new()
    {
        EmbedDim = 3,
        NEmbed = 8192,
        Coder = new()
        {
            DoubleZ = false,
            ZChannels = 3,
            Resolution = 256,
            InChannels = 3,
            OutCh = 3,
            Ch = 128,
            ChMult = [1, 2, 4],
            NumResBlocks = 2,
            AttnResolutions = [],
        },
    };

    /// <summary>Written tensor by tensor, as torch.save lays it out.</summary>
    public static void Write(string path)
    {
        var unet = Shapes(() => new UNetModel(network));
        List<(string Name, long[] Shape)> tensors =
        [
            .. unet.Select(pair => ("model.diffusion_model." + pair.Name, pair.Shape)),
            .. unet.Select(pair => ("model_ema." + $"diffusion_model.{pair.Name}".Replace(".", ""), pair.Shape)),
            .. Shapes(() => new VQModelInterface(autoencoder)).Select(pair => ("first_stage_model." + pair.Name, pair.Shape)),
            ("betas", [1000]),
        ];
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        using (var stream = archive.CreateEntry("archive/data.pkl", CompressionLevel.NoCompression).Open())
            stream.Write(Pickle(tensors));
        var block = new float[1 << 20];
        var random = new Random(1);
        for (var i = 0; i < block.Length; i++)
            block[i] = random.NextSingle() / 10;
        for (var i = 0; i < tensors.Count; i++)
        {
            using var stream = archive.CreateEntry($"archive/data/{i}", CompressionLevel.NoCompression).Open();
            for (var left = Count(tensors[i].Shape); left > 0; left -= block.Length)
                stream.Write(MemoryMarshal.AsBytes(block.AsSpan(0, (int)Math.Min(left, block.Length))));
        }
    }

    static byte[] Pickle(List<(string Name, long[] Shape)> tensors)
    {
        var pickle = new PickleWriter().Op("}").Text("state_dict");
        pickle.Tensors([.. tensors.Select((tensor, i) =>
            new TorchView(tensor.Name, $"{i}", Count(tensor.Shape), 0, tensor.Shape, Strides(tensor.Shape), "FloatStorage"))]);
        return pickle.Op("s.").ToArray();
    }

    static List<(string Name, long[] Shape)> Shapes(Func<torch.nn.Module> create)
    {
        using var module = create();
        return [.. module.state_dict().Select(pair => (pair.Key, pair.Value.shape))];
    }

    static long Count(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);

    static long[] Strides(long[] shape) => [.. shape.Select((_, i) => Count(shape[(i + 1)..]))];
}
