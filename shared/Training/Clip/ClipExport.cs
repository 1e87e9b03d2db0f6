using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

/// <summary>Writes a trained encoder as a model's parts: a file for each tower, in float16.</summary>
public static class ClipExport
{
    public const string ImageTower = "image-tower.safetensors", TextTower = "text-tower.safetensors";

    /// <param name="folder">Where the files go.</param>
    /// <param name="image">The image tower.</param>
    /// <param name="text">The text encoder; its projection is not looked at.</param>
    /// <param name="projection">The text tower's projection.</param>
    public static async Task WriteAsync(
        string folder, ImageTower image, TextEncoder text, Sequential projection, CancellationToken cancellationToken)
    {
        WriteWeights(Path.Combine(folder, ImageTower),
            image.state_dict().Where(pair => !pair.Key.EndsWith("num_batches_tracked")));
        WriteWeights(Path.Combine(folder, TextTower), text.Tower.state_dict().Where(pair => pair.Key.StartsWith("transformer."))
            .Concat(projection.state_dict().Select(pair => KeyValuePair.Create("proj." + pair.Key, pair.Value))));
        File.Copy(text.VocabularyPath, Path.Combine(folder, TextEncoder.Vocabulary), overwrite: true);
        new TrainedParts
        {
            Image = new()
            {
                File = ImageTower,
                Sha256 = await ModelDirectory.HashAsync(Path.Combine(folder, ImageTower), cancellationToken),
                Config = image.Config,
                Preprocessing = Preprocessing.CenterCrop,
            },
            Text = new()
            {
                File = TextTower,
                Sha256 = await ModelDirectory.HashAsync(Path.Combine(folder, TextTower), cancellationToken),
                Bert = text.Config,
                TokenizerFiles = [TextEncoder.Vocabulary],
            },
        }.Write(folder);
    }

    static void WriteWeights(string path, IEnumerable<KeyValuePair<string, Tensor>> weights)
    {
        using var scope = NewDisposeScope();
        TensorFile.Write(path, [.. weights.Select(pair => (pair.Key, pair.Value.detach().to(ScalarType.Float16)))]);
    }
}
