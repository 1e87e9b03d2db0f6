using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Tokenizers;
using RdmCloud.Training.Pictures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

/// <summary>The whole way to an encoder, in a folder that a second start goes on from: towers, projection, export, figures.</summary>
/// <param name="textFolder">A BERT as Hugging Face lays it down.</param>
/// <param name="folder">Where everything is left.</param>
public sealed class ClipTraining(PictureSet pictures, string textFolder, string folder, ClipTrainingConfig config, TimeProvider clock)
{
    const string Vocabulary = "vocab.txt";

    /// <summary>What ships.</summary>
    public string ExportFolder { get; } = Path.Combine(folder, "export");

    /// <summary>Trains to the end, or until it is cancelled: then it saves and returns.</summary>
    /// <returns>The figures as Markdown, or null where it was cancelled.</returns>
    public string? Run(IProgress<TrainingProgress> progress, IProgress<string> evaluations, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var textConfig = HuggingFaceBert.ReadConfig(textFolder, config.ContextLength, config.ProjectionSize, config.Image.EmbedDim);
        using var text = HuggingFaceBert.Load(textFolder, textConfig);
        using var texts = Texts(text, cancellationToken);
        var device = new Device(config.Towers.Device);

        var towers = new Trainer<ClipNetwork>(new ClipTask(pictures, texts, config.Image, textConfig, device), config.Towers, folder, clock);
        if (!towers.Run(progress, evaluations, cancellationToken))
            return null;
        using var network = new ClipNetwork(config.Image, textConfig);
        TensorFile.ReadWeights(towers.WeightsPath, network);
        network.eval();

        using var evaluation = new ClipEvaluation(pictures, texts, network.ImageTower, CPU);
        var projections = new Trainer<Sequential>(
            new ProjectionTask(pictures, texts, textConfig, evaluation, network.Scale().item<float>()),
            config.Projection, Path.Combine(folder, "projection"), clock);
        if (!projections.Run(progress, evaluations, cancellationToken))
            return null;
        using var projection = BertTextTower.Projection(textConfig);
        TensorFile.ReadWeights(projections.WeightsPath, projection);

        ClipExport.Write(ExportFolder, network.ImageTower, text, textConfig, projection, Math.Log(network.Scale().item<float>()));
        File.Copy(Path.Combine(textFolder, Vocabulary), Path.Combine(ExportFolder, Vocabulary), overwrite: true);
        return ClipReport.Markdown(evaluation, pictures, projection);
    }

    TextFeatures Texts(BertTextTower text, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "texts.safetensors");
        if (File.Exists(path))
            return TextFeatures.Load(path);
        var captions = Captions.AllTexts(pictures.Images, ClipBatches.TrainedFinishes).Concat(pictures.Images.SelectMany(image => image.HeldOutKeywords));
        var texts = TextFeatures.Compute(captions, WordPieceTokenizer.Load(textFolder, config.ContextLength), text, cancellationToken);
        texts.Save(path);
        return texts;
    }
}
