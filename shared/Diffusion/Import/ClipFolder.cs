using System.Text.Json;
using System.Text.Json.Nodes;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;

namespace RdmCloud.Diffusion.Import;

/// <summary>
/// A CLIP as it lies in a folder: its weights under the original's names, whatever the folder's own, and its tokenizer's files.
/// </summary>
sealed class ClipFolder : IDisposable
{
    static readonly string[] weightFiles = ["model.safetensors", "model.safetensors.index.json", "open_clip_model.safetensors", "open_clip_model.safetensors.index.json"];
    static readonly string[][] tokenizers = [["vocab.json", "merges.txt"], ["bpe_simple_vocab_16e6.txt.gz"], ["vocab.txt"]];
    const int MostBertHeads = 12; // in every published BERT of this size, where no config.json says otherwise

    readonly ITensorSource source;
    readonly ITensorSource? bert;
    readonly ShapeReader shapes;
    readonly JsonNode? config;

    public ClipFolder(string folder, string? textEncoder)
    {
        var stored = CheckpointFile.Open(Weights(folder));
        config = Config(folder);
        source = HuggingFaceClip.Fits(stored) ? new HuggingFaceClip(stored) : stored;
        shapes = new(source);
        IsBert = shapes.HasUnder("text.proj.");
        if (IsBert && textEncoder is not null)
        {
            bert = CheckpointFile.Open(Weights(textEncoder));
            config = Config(textEncoder) ?? config;
        }
        TokenizerFiles = [.. Tokenizer(folder) ?? (textEncoder is null ? null : Tokenizer(textEncoder))
            ?? throw new ModelException($"{folder} holds no tokenizer: there must be vocab.json and merges.txt, or bpe_simple_vocab_16e6.txt.gz, or vocab.txt.")];
    }

    public bool IsBert { get; }

    /// <summary>Full paths.</summary>
    public IReadOnlyList<string> TokenizerFiles { get; }

    public ITensorSource Image => RenamedTensors.Under(source, "visual.");

    public ITensorSource Text => IsBert ? new JoinedTensors(BertTensors()) : new RenamedTensors(source, source.Tensors.Keys
        .Where(name => !name.StartsWith("visual.", StringComparison.Ordinal) && name is not ("logit_scale" or "input_resolution" or "context_length" or "vocab_size") && !IsPositionIds(name))
        .ToDictionary(name => name));

    public ClipImageConfig ImageConfig()
    {
        var embed = IsBert ? shapes.Size("text.proj.2.weight", 0) : shapes.Size("text_projection", 1);
        if (!shapes.Has("visual.proj"))
            return new()
            {
                EmbedDim = embed,
                ImageResolution = 32 * GridSide("visual.attnpool.positional_embedding"),
                Layers = shapes.Counts(Enumerable.Range(1, 4).Select(stage => $"visual.layer{stage}.")),
                Width = shapes.Size("visual.layer1.0.conv1.weight", 0),
            };
        var patch = shapes.Size("visual.conv1.weight", 2);
        return new()
        {
            EmbedDim = embed,
            ImageResolution = patch * GridSide("visual.positional_embedding"),
            Layers = [shapes.Count("visual.transformer.resblocks.")],
            Width = shapes.Size("visual.conv1.weight", 0),
            PatchSize = patch,
            Heads = (int?)config?["vision_config"]?["num_attention_heads"] ?? 0,
            Activation = (string?)config?["vision_config"]?["hidden_act"] ?? Activations.QuickGelu,
        };
    }

    public ClipTextConfig TextConfig()
    {
        var width = shapes.Size("ln_final.weight", 0);
        return new()
        {
            EmbedDim = shapes.Size("text_projection", 1),
            ContextLength = shapes.Size("positional_embedding", 0),
            VocabSize = shapes.Size("token_embedding.weight", 0),
            Width = width,
            Heads = (int?)config?["text_config"]?["num_attention_heads"] ?? width / 64,
            Layers = shapes.Count("transformer.resblocks."),
            Activation = (string?)config?["text_config"]?["hidden_act"] ?? Activations.QuickGelu,
        };
    }

    public BertTextConfig BertConfig(int contextLength = 77)
    {
        var text = new ShapeReader(Text);
        const string embeddings = "transformer.embeddings.";
        var positions = text.Size(embeddings + "position_embeddings.weight", 0);
        return new()
        {
            EmbedDim = text.Size("proj.2.weight", 0),
            ContextLength = Math.Min(contextLength, positions),
            VocabSize = text.Size(embeddings + "word_embeddings.weight", 0),
            Width = text.Size(embeddings + "word_embeddings.weight", 1),
            Heads = (int?)config?["num_attention_heads"] ?? MostBertHeads,
            Layers = text.Count("transformer.encoder.layer."),
            IntermediateSize = text.Size("transformer.encoder.layer.0.intermediate.dense.weight", 0),
            ProjectionSize = text.Size("proj.0.weight", 0),
            Positions = positions,
            TokenTypes = text.Size(embeddings + "token_type_embeddings.weight", 0),
            LayerNormEpsilon = (double?)config?["layer_norm_eps"] ?? 1e-12,
        };
    }

    public void Dispose()
    {
        source.Dispose();
        bert?.Dispose();
    }

    IEnumerable<ITensorSource> BertTensors()
    {
        var own = RenamedTensors.Under(source, "text.");
        yield return new RenamedTensors(own, own.Tensors.Keys.Where(name => !IsUnused(name) && (bert is null || name.StartsWith("proj.", StringComparison.Ordinal))).ToDictionary(name => name));
        if (bert is not null)
            yield return new RenamedTensors(bert, bert.Tensors.Keys
                .Where(name => !IsUnused(name))
                .ToDictionary(name => "transformer." + (name.StartsWith("bert.", StringComparison.Ordinal) ? name[5..] : name)));
    }

    /// <summary>The pooler reads the first token; mean pooling does not use it.</summary>
    static bool IsUnused(string name) => name.Contains("pooler.", StringComparison.Ordinal) || IsPositionIds(name);

    static bool IsPositionIds(string name) => name.EndsWith("position_ids", StringComparison.Ordinal);

    int GridSide(string positions) => (int)Math.Round(Math.Sqrt(shapes.Size(positions, 0) - 1));

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
        if (!File.Exists(file))
            return null;
        try
        {
            return JsonNode.Parse(File.ReadAllText(file));
        }
        catch (JsonException exception)
        {
            throw new ModelException($"{file} is not JSON: {exception.Message}", exception);
        }
    }

    IEnumerable<string>? Tokenizer(string place) => tokenizers
        .Where(names => IsBert == (names[0] == "vocab.txt"))
        .FirstOrDefault(names => names.All(name => File.Exists(Path.Combine(place, name))))?
        .Select(name => Path.Combine(place, name));
}
