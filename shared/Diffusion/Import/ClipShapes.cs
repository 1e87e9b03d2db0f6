using System.Text.Json.Nodes;
using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Networks;

namespace RdmCloud.Diffusion.Import;

/// <summary>
/// A CLIP under the original's names (the text tower possibly a BERT in open_clip's layout), taken apart into its towers. The
/// configurations are read off the shapes; what no shape shows comes from Hugging Face's config.json, or is as published.
/// </summary>
sealed class ClipShapes(ITensorSource source, JsonNode? config, ITensorSource? bert = null)
{
    const int PublishedBertHeads = 12, BertContextLength = 77;

    readonly ShapeReader shapes = new(source);

    public bool IsBert => shapes.HasUnder("text.proj.");

    public ITensorSource Image => RenamedTensors.Under(source, "visual.");

    public ITensorSource Text => IsBert ? new JoinedTensors(BertTensors()) : new RenamedTensors(source, source.Tensors.Keys
        .Where(name => !name.StartsWith("visual.", StringComparison.Ordinal)
            && name is not ("logit_scale" or "input_resolution" or "context_length" or "vocab_size"))
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

    public BertTextConfig BertConfig()
    {
        var text = new ShapeReader(Text);
        const string embeddings = "transformer.embeddings.";
        var positions = text.Size(embeddings + "position_embeddings.weight", 0);
        return new()
        {
            EmbedDim = text.Size("proj.2.weight", 0),
            ContextLength = Math.Min(BertContextLength, positions),
            VocabSize = text.Size(embeddings + "word_embeddings.weight", 0),
            Width = text.Size(embeddings + "word_embeddings.weight", 1),
            Heads = (int?)config?["num_attention_heads"] ?? PublishedBertHeads,
            Layers = text.Count("transformer.encoder.layer."),
            IntermediateSize = text.Size("transformer.encoder.layer.0.intermediate.dense.weight", 0),
            ProjectionSize = text.Size("proj.0.weight", 0),
            Positions = positions,
            TokenTypes = text.Size(embeddings + "token_type_embeddings.weight", 0),
            LayerNormEpsilon = (double?)config?["layer_norm_eps"] ?? 1e-12,
        };
    }

    /// <summary>The projection, and the BERT below it: the CLIP's own, or the one given beside it.</summary>
    IEnumerable<ITensorSource> BertTensors()
    {
        var own = RenamedTensors.Under(source, "text.");
        yield return new RenamedTensors(own, own.Tensors.Keys
            .Where(name => !IsUnused(name) && (bert is null || name.StartsWith("proj.", StringComparison.Ordinal)))
            .ToDictionary(name => name));
        if (bert is not null)
            yield return new RenamedTensors(bert, bert.Tensors.Keys
                .Where(name => !IsUnused(name))
                .ToDictionary(name => "transformer." + (name.StartsWith("bert.", StringComparison.Ordinal) ? name[5..] : name)));
    }

    /// <summary>The pooler reads the first token, which mean pooling does not; the position numbers are 0, 1, 2 ….</summary>
    static bool IsUnused(string name) =>
        name.Contains("pooler.", StringComparison.Ordinal) || name.EndsWith("position_ids", StringComparison.Ordinal);

    int GridSide(string positions) => (int)Math.Round(Math.Sqrt(shapes.Size(positions, 0) - 1));
}
