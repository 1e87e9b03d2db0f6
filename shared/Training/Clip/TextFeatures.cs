using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Tokenizers;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

/// <summary>What a frozen text tower makes of many texts before its projection, computed once.</summary>
public sealed class TextFeatures : IDisposable
{
    const string TensorName = "features", TextsName = "texts";
    const int BatchSize = 64;

    readonly Dictionary<string, int> rows;
    readonly Tensor features; // (texts, W)

    TextFeatures(IReadOnlyList<string> texts, Tensor features)
    {
        rows = Enumerable.Range(0, texts.Count).ToDictionary(row => texts[row]);
        this.features = features;
    }

    /// <summary>The width of the features.</summary>
    public long Width => features.size(1);

    /// <summary>The features of some texts: (N, W), float32.</summary>
    /// <exception cref="KeyNotFoundException">A text is not among those computed.</exception>
    public Tensor this[IEnumerable<string> texts]
    {
        get
        {
            using var indices = tensor(texts.Select(text => (long)rows[text]).ToArray());
            return features.index_select(0, indices);
        }
    }

    /// <summary>Embeds the texts, texts of equal length together, so that nothing is padded.</summary>
    public static TextFeatures Compute(
        IEnumerable<string> texts, ITextTokenizer tokenizer, BertTextTower tower, CancellationToken cancellationToken)
    {
        using var noGradient = no_grad();
        var ordered = new List<string>();
        var parts = new List<Tensor>();
        var tokenized = texts.Distinct().Select(text => (Text: text, tokenizer.Encode(text).Ids));
        foreach (var group in tokenized.GroupBy(text => text.Ids.Length))
            foreach (var batch in group.Chunk(BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var tokens = tensor(
                    batch.SelectMany(text => text.Ids).Select(id => (long)id).ToArray(), batch.Length, group.Key);
                parts.Add(tower.Pool(tokens));
                ordered.AddRange(batch.Select(text => text.Text));
            }
        var features = cat(parts);
        parts.ForEach(part => part.Dispose());
        return new TextFeatures(ordered, features);
    }

    /// <summary>Writes the texts and their features into one file.</summary>
    public void Save(string path) => TensorFile.Write(
        path,
        [(TensorName, features)],
        new Dictionary<string, string>
        {
            [TextsName] = string.Join('\n', rows.OrderBy(row => row.Value).Select(row => row.Key)),
        });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="CheckpointException">The file is missing, damaged or of another kind.</exception>
    public static TextFeatures Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        if (!file.Metadata.TryGetValue(TextsName, out var texts))
            throw new CheckpointException(path, "it does not say which texts it holds.");
        return new TextFeatures(texts.Split('\n'), file.Load(TensorName));
    }

    public void Dispose() => features.Dispose();
}
