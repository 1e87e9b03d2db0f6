using System.Text.Json;
using RdmCloud.Diffusion.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

[Trait("Category", "Parity")]
public class Autoencoder_Parity
{
    [Theory, InlineData("autoencoder-kl-f16"), InlineData("autoencoder-kl-f4")]
    public void VariationalAutoencoderOfTheOriginal_EncodesAndDecodesTheSame(string family)
    {
        var folder = Fixtures.Find(family);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var autoencoder = Load(folder, config => new AutoencoderKL(config));
        var io = Parity.Read(Path.Combine(folder, "io.safetensors"));
        Parity.AssertEqual(family, io["moments"], autoencoder.Moments(io["image"]), Parity.OneCall);
        Parity.AssertEqual(family, io["mode"], autoencoder.Encode(io["image"]), Parity.OneCall);
        Parity.AssertEqual(family, io["decoded"], autoencoder.Decode(io["mode"]), Parity.OneCall);
        Parity.AssertEqual(family, io["decoded_random"], autoencoder.Decode(io["z_random"]), Parity.OneCall);
        Parity.AssertEqual(family, io["decoded_rect"], autoencoder.Decode(autoencoder.Encode(io["image_rect"])), Parity.OneCall);
    }

    [Fact]
    public void QuantizedAutoencoderOfTheOriginal_EncodesQuantizesAndDecodesTheSame()
    {
        const string family = "autoencoder-vq-f4";
        var folder = Fixtures.Find(family);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var autoencoder = Load(folder, config => new VQModelInterface(config));
        var io = Parity.Read(Path.Combine(folder, "io.safetensors"));
        Parity.AssertEqual(family, io["prequant"], autoencoder.Encode(io["image"]), Parity.OneCall);
        var (quantized, indices) = autoencoder.Quantize(io["prequant"]);
        Assert.Equal(io["indices"].data<long>(), indices.data<long>());
        Parity.AssertEqual(family, io["quantized"], quantized, Parity.OneCall);
        Parity.AssertEqual(family, io["decoded"], autoencoder.Decode(io["prequant"]), Parity.OneCall);
        Parity.AssertEqual(family, io["decoded_not_quantized"], autoencoder.DecodeQuantized(io["prequant"]), Parity.OneCall);
    }

    static T Load<T>(string folder, Func<AutoencoderConfig, T> create) where T : nn.Module
    {
        var config = File.ReadAllText(Path.Combine(folder, "config.json"));
        var autoencoder = create(JsonSerializer.Deserialize<AutoencoderConfig>(config, NetworkJson.Options)!);
        var path = Path.Combine(folder, "weights.safetensors");
        using var weights = SafetensorsFile.Open(path);
        autoencoder.LoadFrom(weights, path);
        return autoencoder;
    }
}
