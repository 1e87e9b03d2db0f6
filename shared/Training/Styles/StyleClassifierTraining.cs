using RdmCloud.Diffusion.Models;
using RdmCloud.Training.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Styles;

/// <summary>The whole way to a judge of styles, in a folder that a second start goes on from.</summary>
public sealed class StyleClassifierTraining(ModelDirectory model, StyleClassifierConfig config, TrainingRun run)
{
    /// <summary>Trains to the end, or until it is cancelled: then it saves and returns.</summary>
    /// <returns>Whether all is done.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var databases = await StyleDatabase.LoadAllAsync(model, cancellationToken);
        var (space, embeddings) = Look(databases, cancellationToken);
        var task = new StyleClassifierTask(
            databases, embeddings, config.HiddenSize, new Device(run.Adapt(config.Training).Device));
        if (run.Train(task, config.Training, cancellationToken) is not { } weights)
            return false;
        if (run.Replica.Number == 0)
            new TrainedStyleClassifier(
                space, (int)embeddings.size(1), config.HiddenSize, [.. databases.Select(database => database.Name)])
                .Write(run.Folder, weights);
        return true;
    }

    // A database holds what its CLIP made of its pictures.
    (string Space, Tensor Embeddings) Look(IReadOnlyList<StyleDatabase> databases, CancellationToken cancellationToken)
    {
        if (config.Features == StyleFeatures.Clip)
            return (model.Manifest.EmbeddingSpace ?? throw new TrainingException($"{model.Path} has no image tower."),
                cat([.. databases.Select(database => database.Embeddings)]));
        run.Messages.Report($"looking at {databases.Sum(database => database.Rows.Count)} pictures");
        using var photographs = new PhotographFeatures();
        return (photographs.Space, cat([.. databases.Select(database =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return photographs.Look([.. database.Rows.Select(StyleDatabase.PictureOf)]);
        })]));
    }
}
