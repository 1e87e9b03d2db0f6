using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training;

public class Initialization_Tests
{
    public static TheoryData<string> Networks => ["unet", "autoencoder", "image transformer", "resnet", "text transformer"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Fill_LeavesNoLinearWeightUnfilled(string name)
    {
        using var network = Create(name);
        foreach (var module in network.modules())
            if (Weight(module) is { } weight)
                weight.fill_(float.NaN);

        Initialization.Fill(network, seed: 5);

        Assert.All(network.modules(), module => Assert.True(Weight(module)?.isfinite().all().item<bool>() ?? true));
    }

    [Fact]
    public void Fill_LinearWeight_HasTheDeviationOfTorchsOwnLayer()
    {
        using var linear = new Linear(300, 200);

        Initialization.Fill(linear, seed: 1);

        // A uniform distribution of ±1/√300.
        Assert.Equal(1 / Math.Sqrt(300) / Math.Sqrt(3), linear.weight.std().item<float>(), 3);
        Assert.InRange(linear.weight.abs().max().item<float>(), 0.057f, 1 / MathF.Sqrt(300));
    }

    [Fact]
    public void Fill_SameSeed_GivesTheSameWeights()
    {
        using Linear first = new(5, 4), second = new(5, 4), other = new(5, 4);
        Initialization.Fill(first, seed: 1);
        Initialization.Fill(second, seed: 1);
        Initialization.Fill(other, seed: 2);

        Assert.True(first.weight.allclose(second.weight, 0, 0));
        Assert.False(first.weight.allclose(other.weight));
    }

    [Fact]
    public void Fill_UNet_PredictsZeroAtFirst()
    {
        using var scope = NewDisposeScope();
        using var network = new UNetModel(ToyNetworks.UNet);

        Initialization.Fill(network, seed: 1);

        var output = network.forward(randn(2, 4, 8, 8), tensor(new long[] { 3, 900 }), randn(2, 3, 8));
        Assert.Equal(0, output.abs().max().item<float>());
    }

    [Fact]
    public void UNet_AfterAFewUpdates_GradientReachesEveryParameter()
    {
        using var scope = NewDisposeScope();
        var network = new UNetModel(ToyNetworks.UNet);
        Initialization.Fill(network, seed: 1);
        var optimizer = new NetworkOptimizer(network, new TrainingConfig { Steps = 10, BatchSize = 2, LearningRate = 0.01 });
        var (x, times, context) = (randn(2, 4, 8, 8), tensor(new long[] { 3, 900 }), randn(2, 3, 8));
        for (var step = 1; step <= 4; step++) // the branches that begin with zero open one after the other
        {
            network.zero_grad();
            (network.forward(x, times, context) - x).square().mean().backward();
            optimizer.Step(step, 0.01);
        }

        Assert.All(
            network.named_parameters(), pair => Assert.True(pair.parameter.grad?.abs().max().item<float>() > 0, pair.name));
    }

    [Fact]
    public void Autoencoder_Fresh_GradientReachesEveryParameter()
    {
        using var scope = NewDisposeScope();
        var network = new AutoencoderKL(ToyNetworks.Autoencoder);
        Initialization.Fill(network, seed: 1);
        var images = randn(2, 3, 16, 16);
        var moments = network.Moments(images);

        (network.Decode(AutoencoderKL.Sample(moments, randn(2, 4, 4, 4))) - images).square().mean().backward();

        // A key's bias moves all scores of a query alike, and softmax takes no notice.
        var parameters = network.named_parameters().Where(pair => !pair.name.EndsWith(".k.bias"));
        Assert.All(parameters, pair => Assert.True(pair.parameter.grad?.abs().max().item<float>() > 0, pair.name));
    }

    static nn.Module Create(string name) => name switch
    {
        "unet" => new UNetModel(ToyNetworks.UNet),
        "autoencoder" => new AutoencoderKL(ToyNetworks.Autoencoder),
        "image transformer" => ImageTower.Create(
            new ClipImageConfig { EmbedDim = 8, ImageResolution = 16, PatchSize = 8, Layers = [1], Width = 16, Heads = 2 }),
        "resnet" => ImageTower.Create(
            new ClipImageConfig { EmbedDim = 8, ImageResolution = 64, Layers = [1, 1, 1, 1], Width = 8, Heads = 4 }),
        _ => new ClipTextTransformer(
            new ClipTextConfig { EmbedDim = 8, ContextLength = 6, VocabSize = 20, Width = 16, Heads = 2, Layers = 1 }),
    };

    static Tensor? Weight(nn.Module module)
    {
        using var noGradient = no_grad();
        return module switch
        {
            Linear linear => linear.weight.detach(),
            Conv2d convolution => convolution.weight.detach(),
            Embedding embedding => embedding.weight.detach(),
            _ => null,
        };
    }
}
