using System.Text.Json;
using RdmCloud.Diffusion.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

[Trait("Category", "Parity")]
public class UNetModel_Parity
{
    public static TheoryData<string> Families => ["unet-laion-like", "unet-imagenet-like", "unet-variants"];

    public static UNetModel Load(string folder)
    {
        var config = JsonSerializer.Deserialize<UNetConfig>(
            File.ReadAllText(Path.Combine(folder, "config.json")), NetworkJson.Options)!;
        var network = new UNetModel(config);
        var path = Path.Combine(folder, "weights.safetensors");
        using var weights = SafetensorsFile.Open(path);
        network.LoadFrom(weights, path);
        return network;
    }

    [Theory, MemberData(nameof(Families))]
    public void NetworkOfTheOriginal_GivesTheSameNoise(string family)
    {
        var folder = Fixtures.Find(family);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var network = Load(folder);
        var io = Parity.Read(Path.Combine(folder, "io.safetensors"));
        var (x, timesteps, context) = (io["x"], io["timesteps"], io["context"]);
        Parity.AssertEqual(family, io["eps"], network.forward(x, timesteps, context), Parity.OneCall);
        Parity.AssertEqual(family, io["eps_context1"], network.forward(x, timesteps, context.narrow(1, 0, 1)), Parity.OneCall);
        Parity.AssertEqual(family, io["eps_zero_context"], network.forward(x, timesteps, zeros_like(context)), Parity.OneCall);
        var rectangular = network.forward(io["x_rect"], timesteps.narrow(0, 1, 1), context.narrow(0, 0, 1));
        Parity.AssertEqual(family, io["eps_rect"], rectangular, Parity.OneCall);
    }

    [Theory, InlineData(2), InlineData(8)]
    public void NetworkOfNineMillion_GivesTheSameNoise(int batch)
    {
        var folder = Fixtures.Find("unet-9m");
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var network = Load(folder);
        var io = Parity.Read(Path.Combine(folder, "io.safetensors"));
        var noise = network.forward(io[$"x{batch}"], io[$"t{batch}"], io[$"c{batch}"]);
        Parity.AssertEqual("unet-9m", io[$"eps{batch}"], noise, Parity.OneCall);
    }
}
