using TorchSharp;

namespace RdmCloud.Training;

/// <summary>One process of a training, whatever it trains: where it runs, and whom it tells how far it is.</summary>
/// <param name="Folder">What a second start in it goes on from.</param>
/// <param name="Progress">Told at every line of the log.</param>
/// <param name="Messages">Told everything else, a line each.</param>
public sealed record TrainingRun(
    string Folder, TimeProvider Clock, IProgress<TrainingProgress> Progress, IProgress<string> Messages)
{
    /// <summary>cpu or cuda; null for what the configuration says.</summary>
    public string? Device { get; init; }

    /// <summary>The number of this process, from 0, and how many train the same network.</summary>
    public (int Number, int Count) Replica { get; init; } = (0, 1);

    /// <summary>Called when all that the other processes need lies in the folder.</summary>
    public Action Started { get; init; } = () => { };

    /// <summary>A configuration with what the caller wants otherwise.</summary>
    public TrainingConfig Adapt(TrainingConfig config) => config with { Device = Device ?? config.Device };

    /// <summary>Trains to the last step, or until it is cancelled: then it saves and returns.</summary>
    /// <param name="part">A folder in this one's, where a training has several parts.</param>
    /// <returns>The averaged weights' file; null where it was cancelled.</returns>
    public string? Train<TNetwork>(
        ITrainingTask<TNetwork> task, TrainingConfig config, CancellationToken cancellationToken, string part = "")
        where TNetwork : torch.nn.Module
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, part)).FullName;
        var exchange = Replica.Count == 1
            ? null
            : new ReplicaExchange(folder, Replica.Number, Replica.Count, config.ExchangeSteps, Clock);
        if (Replica is (0, > 1))
            Started();
        var trainer = new Trainer<TNetwork>(task, Adapt(config), folder, Clock, exchange);
        return trainer.Run(Progress, Messages, cancellationToken) ? trainer.WeightsPath : null;
    }
}
