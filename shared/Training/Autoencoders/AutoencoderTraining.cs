using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Training.Pictures;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Autoencoders;

/// <summary>The whole way to an autoencoder, in a folder that a second start goes on from: training, centering, export.</summary>
public sealed class AutoencoderTraining(PictureSet pictures, AutoencoderTrainingConfig config, TrainingRun run)
{
    /// <summary>The part's file.</summary>
    public const string FileName = "autoencoder.safetensors";

    const int SamplePictures = 1024;

    /// <summary>Trains to the end, or until it is cancelled: then it saves and returns.</summary>
    /// <returns>Whether all is done.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var task = new AutoencoderTask(pictures, config.Network, new Device(run.Adapt(config.Training).Device));
        if (run.Train(task, config.Training, cancellationToken) is not { } weights)
            return false;
        if (run.Replica.Number > 0)
            return true;
        using var network = task.CreateNetwork();
        TensorFile.ReadWeights(weights, network);
        var factor = LatentStatistics.Center(network, task.Sample(SamplePictures));
        var folder = TrainedParts.ExportOf(run.Folder);
        var file = Path.Combine(folder, FileName);
        TensorFile.WriteWeights(file, network, ScalarType.Float16);
        new TrainedParts
        {
            Autoencoder = new()
            {
                File = FileName,
                Sha256 = await ModelDirectory.HashAsync(file, cancellationToken),
                Kind = AutoencoderKind.Kl,
                Config = config.Network,
            },
            ScaleFactor = Math.Round(factor, 6),
        }.Write(folder);
        return true;
    }
}
