using System.Runtime.InteropServices;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Sampling;
using RdmCloud.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Models;

/// <summary>A model directory with a network of a few thousand random weights.</summary>
public sealed class TinyModel : IDisposable
{
    public const int ContextDim = 24;

    static readonly UNetConfig network = new()
    {
        InChannels = 4,
        OutChannels = 4,
        ModelChannels = 16,
        AttentionResolutions = [1, 2],
        NumResBlocks = 1,
        ChannelMult = [1, 2],
        NumHeads = 2,
        UseSpatialTransformer = true,
        ContextDim = ContextDim,
        MinGroupChannels = 8,
    };
    static readonly AutoencoderConfig autoencoder = new()
    {
        EmbedDim = 4,
        Coder = new()
        {
            ZChannels = 4,
            Resolution = 16,
            InChannels = 3,
            OutCh = 3,
            Ch = 8,
            ChMult = [1, 2],
            NumResBlocks = 1,
            MinGroupChannels = 4,
        },
    };
    readonly string folder = System.IO.Directory.CreateTempSubdirectory("rdm-tiny-").FullName;

    public TinyModel()
    {
        Write("network.safetensors", () => new UNetModel(network), gain: 0.7);
        Write("autoencoder.safetensors", () => new AutoencoderKL(autoencoder), gain: 0.4);
        Directory = Describe(Parameterization.Eps);
        Alone = new(Directory);
    }

    public ModelDirectory Directory { get; }

    /// <summary>The model, to draw with on the test's own thread.</summary>
    public RdmModel Alone { get; }

    /// <summary>The same weights, read as those of a network that predicts something else.</summary>
    public ModelDirectory Describe(Parameterization parameterization)
    {
        var hash = new string('0', 64);
        return ModelDirectory.Create(folder, new()
        {
            Name = "tiny",
            Network = new() { File = "network.safetensors", Sha256 = hash, Config = network },
            Autoencoder = new()
            {
                File = "autoencoder.safetensors",
                Sha256 = hash,
                Kind = AutoencoderKind.Kl,
                Config = autoencoder,
            },
            Schedule = new(1000, 0.0015, 0.015),
            Parameterization = parameterization,
            Conditioning = new(Normalization.Raw),
            Defaults = new(4, 2, 4, Sampler.Ddim, 16, 16),
        });
    }

    public static DrawingRequest Request(int steps = 4, ulong seed = 0) =>
        new()
        {
            Context = [Embedding(1), Embedding(2)],
            Sampler = Sampler.Ddim,
            Steps = steps,
            GuidanceScale = 2,
            Width = 16,
            Height = 16,
            Seed = seed,
        };

    /// <summary>Requests that differ in everything in which they can.</summary>
    public static DrawingRequest[] Mix(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new DrawingRequest
        {
            Context = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Embedding(random.Next(100)))],
            Negative = random.Next(3) == 0 ? Embedding(random.Next(100)) : (ReadOnlyMemory<float>?)null,
            Pictures = random.Next(1, 4),
            Seed = (ulong)random.Next(),
            Sampler = (Sampler)(i % 3),
            Steps = random.Next(1, 8),
            GuidanceScale = random.Next(3) == 0 ? 1 : 1 + 3 * random.NextDouble(),
            Eta = i % 3 == 0 && i % 2 == 0 ? random.NextDouble() : 0,
            Width = random.Next(4) == 0 ? 24 : 16,
            Height = 16,
        })];
    }

    public static ReadOnlyMemory<float> Embedding(int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, ContextDim).Select(_ => (float)(2 * random.NextDouble() - 1)).ToArray();
    }

    /// <summary>Pictures that are the same but for rounding.</summary>
    public static void AssertSame(IReadOnlyList<RgbImage> expected, IReadOnlyList<RgbImage> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Equal((one.Width, one.Height), (other.Width, other.Height));
            Assert.InRange(one.Pixels.Zip(other.Pixels, (a, b) => Math.Abs(a - b)).Max(), 0, 2);
        }
    }

    public void Dispose()
    {
        Alone.Dispose();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    void Write(string file, Func<nn.Module> create, double gain)
    {
        using var module = create();
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var weights = module.state_dict();
        var infos = weights.Select(pair => new TensorInfo(pair.Key, ElementType.Float32, [.. pair.Value.shape])).ToList();
        SafetensorsWriter.Write(Path.Combine(folder, file), infos, (info, stream) =>
        {
            var shape = info.Shape.ToArray();
            var values = shape.Length > 1
                ? randn(shape, generator: generator) * (gain / Math.Sqrt(shape.Skip(1).Aggregate(1L, (a, b) => a * b)))
                : info.Name.EndsWith("bias", StringComparison.Ordinal) ? randn(shape, generator: generator) * 0.1
                : ones(shape);
            stream.Write(MemoryMarshal.AsBytes(values.data<float>().ToArray().AsSpan()));
        });
    }
}
