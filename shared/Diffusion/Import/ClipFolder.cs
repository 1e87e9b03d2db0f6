using System.Text.Json;
using System.Text.Json.Nodes;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Models;

namespace RdmCloud.Diffusion.Import;

/// <summary>A CLIP as it lies in a folder: its weights, whatever they are named by, and its tokenizer's files.</summary>
sealed class ClipFolder : IDisposable
{
    static readonly string[] weightFiles =
    [
        "model.safetensors", "model.safetensors.index.json",
        "open_clip_model.safetensors", "open_clip_model.safetensors.index.json",
    ];
    static readonly string[][] clipTokenizers = [["vocab.json", "merges.txt"], ["bpe_simple_vocab_16e6.txt.gz"]];
    static readonly string[][] bertTokenizers = [["vocab.txt"]];

    readonly ITensorSource source;
    readonly ITensorSource? bert;

    /// <param name="textEncoder">A folder with a BERT, where the CLIP's text tower stands on one.</param>
    /// <exception cref="ModelException">The folder holds no CLIP.</exception>
    /// <exception cref="CheckpointException">Its weights are damaged.</exception>
    public ClipFolder(string folder, string? textEncoder)
    {
        var stored = CheckpointFile.Open(Weights(folder));
        source = HuggingFaceClip.Fits(stored) ? new HuggingFaceClip(stored) : stored;
        bert = textEncoder is null ? null : CheckpointFile.Open(Weights(textEncoder));
        Shapes = new(source, (textEncoder is null ? null : Config(textEncoder)) ?? Config(folder), bert);
        string[] places = textEncoder is null ? [folder] : [folder, textEncoder];
        var wanted = Shapes.IsBert ? "vocab.txt" : "vocab.json and merges.txt, or bpe_simple_vocab_16e6.txt.gz";
        TokenizerFiles = places.Select(Tokenizer).FirstOrDefault(files => files is not null)
            ?? throw new ModelException($"{folder} holds no tokenizer: there must be {wanted}.");
    }

    public ClipShapes Shapes { get; }

    /// <summary>Full paths.</summary>
    public IReadOnlyList<string> TokenizerFiles { get; }

    public void Dispose()
    {
        source.Dispose();
        bert?.Dispose();
    }

    static string Weights(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ModelException($"The folder {folder} does not exist.");
        var known = weightFiles.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return known ?? Directory.GetFiles(folder, "*.safetensors") switch
        {
            [var only] => only,
            [] => throw new ModelException($"{folder} holds no weights: there must be model.safetensors."),
            _ => throw new ModelException($"{folder} holds several safetensors files; name the right one model.safetensors."),
        };
    }

    static JsonNode? Config(string folder)
    {
        var file = Path.Combine(folder, "config.json");
        try
        {
            return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) : null;
        }
        catch (JsonException exception)
        {
            throw new ModelException($"{file} is not JSON: {exception.Message}", exception);
        }
    }

    string[]? Tokenizer(string folder) => (Shapes.IsBert ? bertTokenizers : clipTokenizers)
        .Select(names => names.Select(name => Path.Combine(folder, name)).ToArray())
        .FirstOrDefault(files => files.All(File.Exists));
}
