using System.Diagnostics;
using System.Text.Json.Nodes;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Networks;
using TorchSharp;

namespace RdmCloud.Diffusion.Import;

/// <summary>
/// The published models, whose configurations are read off their tensors' shapes, and which are made without being filled.
/// </summary>
[Trait("Category", "Parity")]
public class FullSizeModel_Parity
{
    const long Megabyte = 1 << 20;

    [Theory, InlineData("rdm-768x768.json", 1_335_480_400), InlineData("rdm-imagenet.json", 400_920_579)]
    public void PublishedRdm_HasExactlyTheNetworkOfItsInventory(string name, long parameters)
    {
        using var inventory = new Inventory(Inventory.Read(name));
        using var stored = RenamedTensors.Under(inventory, "model.diffusion_model.");
        var config = RdmShapes.Network(new(stored));
        AssertSame(stored, () => new UNetModel(config));
        Assert.Equal(parameters, stored.Tensors.Values.Sum(tensor => tensor.ElementCount));
        Assert.True(EmaWeights.Select(inventory.Tensors.Keys, [.. stored.Tensors.Keys]).IsEma);
    }

    [Theory, InlineData("rdm-768x768.json"), InlineData("rdm-imagenet.json")]
    public void PublishedRdm_HasExactlyTheAutoencoderOfItsInventory(string name)
    {
        using var inventory = new Inventory(Inventory.Read(name));
        using var stored = RenamedTensors.Under(inventory, "first_stage_model.");
        var (kind, config) = RdmShapes.Autoencoder(new(stored));
        AssertSame<Autoencoder>(stored, () =>
            kind == Models.AutoencoderKind.Kl ? new AutoencoderKL(config) : new VQModelInterface(config));
    }

    [Theory, InlineData("clip-vit-b-32.json"), InlineData("clip-vit-l-14.json")]
    public void PublishedClip_HasExactlyTheTowersOfItsInventory(string name)
    {
        var inventory = Inventory.Read(name);
        var shapes = new ClipShapes(new Inventory(inventory["tensors"]!.AsObject()), config: null);
        AssertSame(shapes.Image, () => ImageTower.Create(shapes.ImageConfig()));
        AssertSame(shapes.Text, () => new ClipTextTransformer(shapes.TextConfig()));
        Assert.Equal((int)inventory["config"]!["transformer_heads"]!, shapes.TextConfig().Heads);
        Assert.Equal((int)inventory["config"]!["image_resolution"]!, shapes.ImageConfig().ImageResolution);
    }

    static void AssertSame<T>(ITensorSource stored, Func<T> create) where T : torch.nn.Module
    {
        var before = ResidentBytes();
        using var network = create();
        var actual = network.state_dict().ToDictionary(pair => pair.Key, pair => string.Join("x", pair.Value.shape));
        Assert.InRange(ResidentBytes() - before, long.MinValue, 256 * Megabyte);
        var expected = stored.Tensors.ToDictionary(pair => pair.Key, pair => string.Join("x", pair.Value.Shape));
        Assert.Equal(expected.OrderBy(pair => pair.Key), actual.OrderBy(pair => pair.Key));
    }

    static long ResidentBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
