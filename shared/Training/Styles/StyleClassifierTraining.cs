using RdmCloud.Diffusion.Models;
using TorchSharp;

namespace RdmCloud.Training.Styles;

/// <summary>The whole way to a judge of styles, in a folder that a second start goes on from.</summary>
public sealed class StyleClassifierTraining(ModelDirectory model, StyleClassifierConfig config, TrainingRun run)
{
    /// <summary>Trains to the end, or until it is cancelled: then it saves and returns.</summary>
    /// <returns>Whether all is done.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var databases = await StyleDatabase.LoadAllAsync(model, cancellationToken);
        var task = new StyleClassifierTask(databases, config.HiddenSize, new torch.Device(run.Adapt(config.Training).Device));
        if (run.Train(task, config.Training, cancellationToken) is not { } weights)
            return false;
        var space = model.Manifest.EmbeddingSpace ?? throw new TrainingException($"{model.Path} has no image tower.");
        if (run.Replica.Number == 0)
            new TrainedStyleClassifier(space, (int)databases[0].Embeddings.size(1), config.HiddenSize, [.. databases.Select(database => database.Name)])
                .Write(run.Folder, weights);
        return true;
    }
}
