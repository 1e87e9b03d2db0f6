using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Tokenizers;

namespace RdmCloud.Training.Clip;

/// <summary>The text encoder that a projection is trained on: a BERT, left as it is, and its tokenizer.</summary>
public sealed record TextEncoder(
    BertTextTower Tower, BertTextConfig Config, WordPieceTokenizer Tokenizer, string VocabularyPath)
    : IDisposable
{
    /// <summary>The tokenizer's file.</summary>
    public const string Vocabulary = "vocab.txt";

    /// <summary>
    /// Opens a BERT as Hugging Face lays it down, or that of a model directory, whose own projection is left out.
    /// </summary>
    /// <exception cref="TrainingException">There is no BERT in the folder.</exception>
    public static TextEncoder Open(string folder, ClipTrainingConfig config)
    {
        var isModel = File.Exists(Path.Combine(folder, ModelDirectory.ManifestName));
        var (tower, bert) = isModel ? OfModel(folder, config) : OfHuggingFace(folder, config);
        return new(tower, bert, WordPieceTokenizer.Load(folder, config.ContextLength), Path.Combine(folder, Vocabulary));
    }

    public void Dispose() => Tower.Dispose();

    static (BertTextTower, BertTextConfig) OfModel(string folder, ClipTrainingConfig config)
    {
        var model = ModelDirectory.Open(folder);
        if (model.Manifest.Text is not { Bert: { } known } part)
            throw new TrainingException($"The text tower of {folder} is no BERT. Name a model with one, or a BERT's folder.");
        var bert = known with
        {
            EmbedDim = config.Image.EmbedDim,
            ContextLength = config.ContextLength,
            ProjectionSize = config.ProjectionSize,
        };
        return (HuggingFaceBert.Load(model.FileOf(part.File), bert, name => name), bert);
    }

    static (BertTextTower, BertTextConfig) OfHuggingFace(string folder, ClipTrainingConfig config)
    {
        var bert = HuggingFaceBert.ReadConfig(folder, config.ContextLength, config.ProjectionSize, config.Image.EmbedDim);
        return (HuggingFaceBert.Load(folder, bert), bert);
    }
}
