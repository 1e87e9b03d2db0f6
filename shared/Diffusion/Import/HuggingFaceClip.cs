using RdmCloud.Diffusion.Checkpoints;

namespace RdmCloud.Diffusion.Import;

/// <summary>
/// A CLIP under Hugging Face's names, seen under the original's: the three projections of an attention become one, the final
/// projections are transposed.
/// </summary>
sealed class HuggingFaceClip : ITensorSource
{
    static readonly (string Original, string HuggingFace)[] blockNames =
    [
        ("attn.out_proj", "self_attn.out_proj"), ("ln_1", "layer_norm1"), ("ln_2", "layer_norm2"),
        ("mlp.c_fc", "mlp.fc1"), ("mlp.c_proj", "mlp.fc2"),
    ];

    readonly ITensorSource source;
    readonly Dictionary<string, string[]> parts = [];
    readonly HashSet<string> transposed = [];
    readonly Dictionary<string, TensorInfo> tensors = [];

    public HuggingFaceClip(ITensorSource source)
    {
        this.source = source;
        Add("logit_scale", "logit_scale");
        Add("token_embedding.weight", "text_model.embeddings.token_embedding.weight");
        Add("positional_embedding", "text_model.embeddings.position_embedding.weight");
        AddLayer("ln_final", "text_model.final_layer_norm");
        AddBlocks("transformer.resblocks", "text_model.encoder.layers");
        AddTransposed("text_projection", "text_projection.weight");
        Add("visual.class_embedding", "vision_model.embeddings.class_embedding");
        Add("visual.conv1.weight", "vision_model.embeddings.patch_embedding.weight");
        Add("visual.positional_embedding", "vision_model.embeddings.position_embedding.weight");
        AddLayer("visual.ln_pre", "vision_model.pre_layrnorm"); // misspelled in the published files
        AddLayer("visual.ln_post", "vision_model.post_layernorm");
        AddBlocks("visual.transformer.resblocks", "vision_model.encoder.layers");
        AddTransposed("visual.proj", "visual_projection.weight");
    }

    public IReadOnlyDictionary<string, TensorInfo> Tensors => tensors;

    public static bool Fits(ITensorSource source) =>
        source.Tensors.Keys.Any(name => name.StartsWith("vision_model.", StringComparison.Ordinal));

    public void Read(string name, long offset, Span<byte> destination)
    {
        if (transposed.Contains(name))
            ReadTransposed(name, offset, destination);
        else
            ReadJoined(parts[name], offset, destination);
    }

    public void Dispose() => source.Dispose();

    void Add(string name, string stored)
    {
        if (!source.Tensors.TryGetValue(stored, out var info))
            return; // the loader names what is missing
        parts[name] = [stored];
        tensors[name] = info with { Name = name };
    }

    void AddLayer(string name, string stored)
    {
        Add($"{name}.weight", $"{stored}.weight");
        Add($"{name}.bias", $"{stored}.bias");
    }

    void AddBlocks(string name, string stored)
    {
        for (var i = 0; source.Tensors.ContainsKey($"{stored}.{i}.layer_norm1.weight"); i++)
        {
            foreach (var (original, huggingFace) in blockNames)
                AddLayer($"{name}.{i}.{original}", $"{stored}.{i}.{huggingFace}");
            foreach (var kind in (string[])["weight", "bias"])
                AddJoined(
                    $"{name}.{i}.attn.in_proj_{kind}",
                    [.. "qkv".Select(letter => $"{stored}.{i}.self_attn.{letter}_proj.{kind}")]);
        }
    }

    void AddJoined(string name, string[] stored)
    {
        if (!stored.All(source.Tensors.ContainsKey))
            return;
        var first = source.Tensors[stored[0]];
        var projections = stored.Select(other => source.Tensors[other]);
        if (first.Shape.IsEmpty || projections.Any(other => !other.Shape.SequenceEqual(first.Shape) || other.Type != first.Type))
            throw new CheckpointException(stored[0], "the query, key and value projections differ in shape or type");
        parts[name] = stored;
        tensors[name] = first with { Name = name, Shape = first.Shape.SetItem(0, stored.Length * first.Shape[0]) };
    }

    void AddTransposed(string name, string stored)
    {
        Add(name, stored);
        if (!tensors.TryGetValue(name, out var info) || info.Shape.Length != 2)
            return;
        tensors[name] = info with { Shape = [info.Shape[1], info.Shape[0]] };
        transposed.Add(name);
    }

    void ReadJoined(string[] stored, long offset, Span<byte> destination)
    {
        foreach (var part in stored)
        {
            var length = source.Tensors[part].ByteLength;
            if (offset < length)
            {
                var here = (int)Math.Min(length - offset, destination.Length);
                source.Read(part, offset, destination[..here]);
                destination = destination[here..];
                offset += here;
            }
            offset -= length;
            if (destination.IsEmpty)
                return;
        }
    }

    void ReadTransposed(string name, long offset, Span<byte> destination)
    {
        var info = source.Tensors[parts[name][0]];
        var bytes = new byte[info.ByteLength];
        source.Read(info.Name, 0, bytes);
        int size = info.Type.Size(), rows = (int)info.Shape[0], columns = (int)info.Shape[1];
        for (var place = 0; place < destination.Length; place += size)
        {
            var index = (int)((offset + place) / size);
            var (column, row) = Math.DivRem(index, rows);
            bytes.AsSpan((row * columns + column) * size, size).CopyTo(destination[place..]);
        }
    }
}
