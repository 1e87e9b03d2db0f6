using System.Text.Json;
using System.Text.Json.Nodes;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

/// <summary>A BERT as Hugging Face lays it down: config.json, model.safetensors and vocab.txt in a folder.</summary>
public static class HuggingFaceBert
{
    const string Weights = "model.safetensors", Config = "config.json", BertPrefix = "transformer.";

    /// <summary>The text tower's configuration, with a projection that the folder does not know of.</summary>
    /// <exception cref="TrainingException">The file is missing or not a BERT's.</exception>
    public static BertTextConfig ReadConfig(string folder, int contextLength, int projectionSize, int embedDim)
    {
        var path = Path.Combine(folder, Config);
        try
        {
            var config = JsonNode.Parse(File.ReadAllText(path))!;
            int Number(string name) =>
                (int)(config[name] ?? throw new TrainingException($"{path} has no '{name}': it is not a BERT's."));
            return new BertTextConfig
            {
                EmbedDim = embedDim,
                ContextLength = contextLength,
                VocabSize = Number("vocab_size"),
                Width = Number("hidden_size"),
                Heads = Number("num_attention_heads"),
                Layers = Number("num_hidden_layers"),
                IntermediateSize = Number("intermediate_size"),
                ProjectionSize = projectionSize,
                Positions = Number("max_position_embeddings"),
                TokenTypes = Number("type_vocab_size"),
                LayerNormEpsilon = (double)(config["layer_norm_eps"] ?? 1e-12),
            };
        }
        catch (Exception error) when (error is IOException or JsonException or InvalidOperationException)
        {
            throw new TrainingException($"{path} cannot be read: {error.Message}");
        }
    }

    /// <summary>The text tower, without its projection's weights, to be left as it is.</summary>
    /// <exception cref="CheckpointException">The weights are missing, damaged or another network's.</exception>
    public static BertTextTower Load(string folder, BertTextConfig config) =>
        Load(Path.Combine(folder, Weights), config, name => name[BertPrefix.Length..]);

    /// <summary>The same from any file.</summary>
    /// <param name="nameInFile">The file's name for a tensor of the tower's.</param>
    public static BertTextTower Load(string file, BertTextConfig config, Func<string, string> nameInFile)
    {
        using var noGradient = no_grad();
        using var weights = SafetensorsFile.Open(file);
        var tower = new BertTextTower(config);
        foreach (var (name, weight) in tower.state_dict().Where(pair => pair.Key.StartsWith(BertPrefix)))
        {
            using var value = weights.Load(nameInFile(name));
            weight.copy_(value);
        }
        tower.eval();
        return tower;
    }
}
