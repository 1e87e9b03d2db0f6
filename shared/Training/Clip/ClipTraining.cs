using RdmCloud.Diffusion.Tokenizers;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Training.Pictures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

/// <summary>
/// The whole way to an encoder, in a folder that a second start goes on from: towers, projection, export, figures.
/// </summary>
/// <param name="textFolder">A BERT's folder: see <see cref="TextEncoder"/>.</param>
public sealed class ClipTraining(PictureSet pictures, string textFolder, ClipTrainingConfig config, TrainingRun run)
{
    const string Projection = "projection", Report = "report.md";

    /// <summary>Trains to the end, or until it is cancelled: then it saves and returns.</summary>
    /// <returns>Whether all is done.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var text = TextEncoder.Open(textFolder, config);
        run.Messages.Report("reading the captions");
        using var texts = Texts(text, cancellationToken);
        var device = new Device(run.Adapt(config.Towers).Device);
        var clipTask = new ClipTask(pictures, texts, config.Image, text.Config, device);
        if (run.Train(clipTask, config.Towers, cancellationToken) is not { } towers)
            return false;
        if (run.Replica.Number > 0)
            return true; // what is left is for one process

        using var network = new ClipNetwork(config.Image, text.Config);
        TensorFile.ReadWeights(towers, network);
        network.eval();
        using var evaluation = new ClipEvaluation(pictures, texts, network.ImageTower, CPU);
        var task = new ProjectionTask(
            pictures, texts, text.Config, evaluation, network.Scale().item<float>(), config.FeatureDropout);
        var alone = run with { Device = "cpu", Replica = (0, 1) };
        if (alone.Train(task, config.Projection, cancellationToken, Projection) is not { } weights)
            return false;
        using var projection = BertTextTower.Projection(text.Config);
        TensorFile.ReadWeights(weights, projection);
        await ClipExport.WriteAsync(TrainedParts.ExportOf(run.Folder), network.ImageTower, text, projection, cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(run.Folder, Report), ClipReport.Markdown(evaluation, pictures, projection), cancellationToken);
        return true;
    }

    TextFeatures Texts(TextEncoder text, CancellationToken cancellationToken)
    {
        var path = Path.Combine(run.Folder, "texts.safetensors");
        if (File.Exists(path))
            return TextFeatures.Load(path);
        var captions = Captions.AllTexts(pictures.Images, ClipBatches.TrainedFinishes)
            .Concat(pictures.Images.SelectMany(image => image.HeldOutKeywords));
        var texts = TextFeatures.Compute(captions, text.Tokenizer, text.Tower, cancellationToken);
        texts.Save(path);
        return texts;
    }
}
