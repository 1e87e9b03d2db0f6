using System.Globalization;
using RdmCloud.Diffusion.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>
/// Everything that changes during training: the weights in float32, a copy of them in the type that the passes run in,
/// their average, and the optimizer.
/// </summary>
public sealed class TrainingState<TNetwork> : IDisposable where TNetwork : nn.Module
{
    readonly TrainingConfig config;
    readonly NetworkOptimizer optimizer;
    readonly TNetwork master;

    public TrainingState(ITrainingTask<TNetwork> task, TrainingConfig config)
    {
        this.config = config;
        master = task.CreateNetwork();
        Initialization.Fill(master, config.Seed);
        master.to(config.Device);
        Average = task.CreateNetwork();
        Average.to(config.Device);
        AverageWeights.Copy(master, Average);
        Average.eval();
        Working = task.CreateNetwork();
        Working.to(config.Device);
        if (config.BFloat16)
            Working.to(ScalarType.BFloat16);
        AverageWeights.Copy(master, Working);
        optimizer = new NetworkOptimizer(master, config);
    }

    /// <summary>Updates done.</summary>
    public long Step { get; private set; }

    /// <summary>The network that forward and backward passes run through.</summary>
    public TNetwork Working { get; }

    /// <summary>The averaged network, in float32.</summary>
    public TNetwork Average { get; }

    /// <summary>Takes the gradients that the working network has gathered, and moves the weights.</summary>
    /// <exception cref="TrainingException">A gradient is not a finite number.</exception>
    public void Update()
    {
        foreach (var (weight, working) in master.parameters().Zip(Working.parameters()))
        {
            weight.grad?.Dispose();
            using var gradient = working.grad;
            weight.grad = gradient?.to(weight.dtype, copy: true);
            gradient?.zero_();
        }
        var norm = nn.utils.clip_grad_norm_(master.parameters(), config.ClipNorm);
        if (!double.IsFinite(norm))
            throw new TrainingException(
                $"The gradient of step {Step} is not finite. Go on from the last checkpoint with a lower learning rate.");
        optimizer.Step(Step + 1, LearningRateSchedule.At(Step, config));
        Step++;
        var decay = AverageWeights.Decay(Step, config.AverageDecay);
        AverageWeights.Update(Average, master, decay);
        AverageWeights.UpdateStatistics(Average, Working, decay);
        AverageWeights.Copy(master, Working);
    }

    /// <summary>Goes on from the mean of this state and those of other processes.</summary>
    public void Exchange(ReplicaExchange exchange, CancellationToken cancellation)
    {
        exchange.Meet(Step, Tensors(), cancellation);
        AverageWeights.Copy(master, Working);
    }

    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        TensorFile.Write(path, Tensors(), Metadata());
    }

    /// <summary>
    /// A fifth of <see cref="Save"/>, to be taken to another machine: all but the optimizer, which finds its momenta again in some
    /// hundred steps, in float16.
    /// </summary>
    public void SaveCompact(string path)
    {
        using var scope = NewDisposeScope();
        TensorFile.Write(path, [.. Networks().Select(pair => (pair.Name, pair.Tensor.detach().to(ScalarType.Float16)))], Metadata());
    }

    /// <exception cref="CheckpointException">The file is damaged or belongs to another network or optimizer.</exception>
    public void Restore(string path, bool isCompact = false)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        foreach (var (name, tensor) in isCompact ? Networks() : Tensors())
            tensor.copy_(file.Load(name));
        AverageWeights.Copy(master, Working);
        Step = long.Parse(file.Metadata["step"], CultureInfo.InvariantCulture);
    }

    Dictionary<string, string> Metadata() => new() { ["step"] = Step.ToString(CultureInfo.InvariantCulture) };

    IReadOnlyCollection<(string Name, Tensor Tensor)> Tensors() => [.. Networks(), .. optimizer.State()];

    IReadOnlyCollection<(string Name, Tensor Tensor)> Networks() =>
    [
        .. master.named_parameters().Select(pair => ("network." + pair.name, (Tensor)pair.parameter)),
        .. Average.state_dict().Select(pair => ("average." + pair.Key, pair.Value)),
        .. Working.named_buffers().Select(pair => ("statistics." + pair.name, pair.buffer)),
    ];

    public void Dispose()
    {
        master.Dispose();
        Working.Dispose();
        Average.Dispose();
    }
}
