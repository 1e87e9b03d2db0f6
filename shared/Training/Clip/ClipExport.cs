using System.Text.Json;
using RdmCloud.Diffusion.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

/// <summary>Writes a trained encoder as a model's parts: a file for each tower, in float16, and their configurations.</summary>
public static class ClipExport
{
    public const string ImageTower = "image_tower.safetensors", TextTower = "text_tower.safetensors", Config = "clip.json";

    /// <param name="folder">Made where it is not there.</param>
    /// <param name="image">The image tower.</param>
    /// <param name="text">The text tower; its projection is not looked at.</param>
    /// <param name="textConfig">The text tower's configuration.</param>
    /// <param name="projection">The text tower's projection.</param>
    /// <param name="logitScale">The logarithm of the factor of the cosines.</param>
    public static void Write(string folder, ImageTower image, BertTextTower text, BertTextConfig textConfig, Sequential projection, double logitScale)
    {
        Directory.CreateDirectory(folder);
        WriteWeights(Path.Combine(folder, ImageTower), image.state_dict().Where(pair => !pair.Key.EndsWith("num_batches_tracked")));
        WriteWeights(Path.Combine(folder, TextTower), text.state_dict().Where(pair => pair.Key.StartsWith("transformer."))
            .Concat(projection.state_dict().Select(pair => KeyValuePair.Create("proj." + pair.Key, pair.Value))));
        File.WriteAllText(
            Path.Combine(folder, Config),
            JsonSerializer.Serialize(new { LogitScale = logitScale, Image = image.Config, Text = textConfig }, NetworkJson.Options) + "\n");
    }

    static void WriteWeights(string path, IEnumerable<KeyValuePair<string, Tensor>> weights)
    {
        using var scope = NewDisposeScope();
        TensorFile.Write(path, [.. weights.Select(pair => (pair.Key, pair.Value.detach().to(ScalarType.Float16)))]);
    }
}
