using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>
/// Runs a training in a folder: takes up the checkpoint that lies there, and leaves one, the log and sample sheets.
/// </summary>
/// <param name="exchange">
/// With the other processes that train the same network, where there are any; the first one keeps the files.
/// </param>
public sealed class Trainer<TNetwork>(
    ITrainingTask<TNetwork> task, TrainingConfig config, string folder, TimeProvider clock, ReplicaExchange? exchange = null)
    where TNetwork : nn.Module
{
    readonly bool isKeeper = exchange?.IsKeeper ?? true;

    /// <summary>What a resumed training goes on from.</summary>
    public string CheckpointPath { get; } = Path.Combine(folder, "checkpoint.safetensors");

    /// <summary>The same without the optimizer, written when a training is stopped; taken up where there is no checkpoint.</summary>
    public string CompactPath { get; } = Path.Combine(folder, "resume.safetensors");

    /// <summary>The averaged weights in float16, refreshed with every checkpoint.</summary>
    public string WeightsPath { get; } = Path.Combine(folder, "weights.safetensors");

    /// <summary>Trains to the last step, or until it is cancelled: then it saves and returns.</summary>
    /// <returns>Whether all steps are done.</returns>
    public bool Run(IProgress<TrainingProgress> progress, IProgress<string> evaluations, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using var state = new TrainingState<TNetwork>(task, config);
        if (File.Exists(CheckpointPath))
            state.Restore(CheckpointPath);
        else if (File.Exists(CompactPath))
        {
            state.Restore(CompactPath, isCompact: true);
            if (isKeeper)
                Save(state); // the weights too, which a training that is done would never write again
        }
        if (state.Step >= config.Steps)
            return true;
        var log = new TrainingLog(Path.Combine(folder, "log.csv"));
        if (isKeeper)
            log.Rewind(state.Step);
        long saved = clock.GetTimestamp(), evaluated = saved, reported = saved;
        var (losses, count) = (0.0, 0);
        while (state.Step < config.Steps && !cancellation.IsCancellationRequested)
        {
            losses += GatherGradients(state);
            count++;
            state.Update();
            var isLast = state.Step == config.Steps;
            if (exchange is not null && (exchange.IsDue(state.Step) || isLast))
                state.Exchange(exchange, cancellation);
            if (!isKeeper)
                continue;
            if (state.Step % config.LogSteps == 0 || isLast)
            {
                var stepsPerSecond = count / Math.Max(1e-9, clock.GetElapsedTime(reported).TotalSeconds);
                var line = new TrainingProgress(
                    state.Step, config.Steps, losses / count, LearningRateSchedule.At(state.Step - 1, config),
                    stepsPerSecond * config.BatchSize * config.Accumulation,
                    TimeSpan.FromSeconds((config.Steps - state.Step) / stepsPerSecond));
                log.Append(line);
                progress.Report(line);
                (losses, count, reported) = (0, 0, clock.GetTimestamp());
            }
            if (clock.GetElapsedTime(saved) >= config.CheckpointInterval)
            {
                Save(state);
                saved = clock.GetTimestamp();
            }
            if (clock.GetElapsedTime(evaluated) >= config.EvaluationInterval || isLast)
            {
                Evaluate(state, evaluations);
                evaluated = clock.GetTimestamp();
            }
        }
        if (isKeeper)
        {
            Save(state);
            state.SaveCompact(CompactPath);
        }
        return state.Step == config.Steps;
    }

    double GatherGradients(TrainingState<TNetwork> state)
    {
        var sum = 0.0;
        for (var i = 0; i < config.Accumulation; i++)
        {
            using var scope = NewDisposeScope();
            using var random = new StepRandom(config.Seed + (exchange?.Replica ?? 0), state.Step * config.Accumulation + i);
            var loss = task.Loss(state.Working, config.BatchSize, random) / config.Accumulation;
            loss.backward();
            sum += loss.item<float>();
        }
        return sum;
    }

    void Save(TrainingState<TNetwork> state)
    {
        TensorFile.WriteWeights(WeightsPath, state.Average, ScalarType.Float16);
        state.Save(CheckpointPath); // last: a checkpoint of the last step means that the weights are there
    }

    void Evaluate(TrainingState<TNetwork> state, IProgress<string> evaluations)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var sheet = Path.Combine(folder, $"sheet-{state.Step:0000000}.png");
        evaluations.Report($"step {state.Step}  {task.Evaluate(state.Average, sheet)}");
    }
}
