using System.Text.Json;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Import;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

[Trait("Category", "Parity")]
public class Clip_Parity
{
    [Theory, InlineData("clip"), InlineData("clip-resnet")]
    public void ClipOfTheOriginal_EmbedsTheSame(string family)
    {
        var folder = Fixtures.Find(family);
        using var weights = SafetensorsFile.Open(Path.Combine(folder, "openai-naming.safetensors"));
        AssertEmbedsTheSame(family, folder, weights, config: null);
    }

    [Fact]
    public void ClipUnderHuggingFaceNames_EmbedsTheSame()
    {
        var folder = Fixtures.Find("clip");
        // The fixture leaves the large token table to the other file.
        using var original = SafetensorsFile.Open(Path.Combine(folder, "openai-naming.safetensors"));
        using var renamed = new HuggingFaceClip(
            SafetensorsFile.Open(Path.Combine(folder, "huggingface-naming-without-token-embedding.safetensors")));
        using var table = new RenamedTensors(
            original, new Dictionary<string, string> { ["token_embedding.weight"] = "token_embedding.weight" });
        using var whole = new JoinedTensors([renamed, table]);
        Assert.Equal(original.Tensors.Keys.Order(), whole.Tensors.Keys.Order());
        AssertEmbedsTheSame("clip (Hugging Face)", folder, whole, ReadConfig(Path.Combine(folder, "huggingface-config.json")));
    }

    static void AssertEmbedsTheSame(string family, string folder, ITensorSource weights, System.Text.Json.Nodes.JsonNode? config)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var shapes = new ClipShapes(weights, config);
        using var text = new ClipTextTransformer(shapes.TextConfig());
        using var image = ImageTower.Create(shapes.ImageConfig());
        text.LoadFrom(shapes.Text, folder);
        image.LoadFrom(shapes.Image, folder);
        image.eval();

        var io = Parity.Read(Path.Combine(folder, "io.safetensors"));
        var imageFeatures = image.forward(io["pixels"]);
        var textFeatures = text.forward(io["tokens"]);
        Parity.AssertEqual(family, io["image_features"], imageFeatures, Parity.OneCall);
        Parity.AssertEqual(family, io["text_features"], textFeatures, Parity.OneCall);
        var cosines = nn.functional.normalize(imageFeatures, dim: -1).matmul(nn.functional.normalize(textFeatures, dim: -1).t());
        var logits = weights.Load("logit_scale").to(ScalarType.Float32).exp() * cosines;
        Parity.AssertEqual(family, io["logits_per_image"], logits, Parity.OneCall);

        // A text that ends at its end token gives what the padded one gives.
        var tokens = io["tokens"].narrow(0, 0, 1);
        var length = tokens.argmax(1).item<long>() + 1;
        Parity.AssertEqual(family, textFeatures.narrow(0, 0, 1), text.forward(tokens.narrow(1, 0, length)), Parity.OneCall);
    }

    static System.Text.Json.Nodes.JsonNode ReadConfig(string path) =>
        JsonSerializer.Deserialize<System.Text.Json.Nodes.JsonNode>(File.ReadAllText(path))!;
}
