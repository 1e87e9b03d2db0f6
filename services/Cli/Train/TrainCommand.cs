using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Compute;
using RdmCloud.Training;
using TorchSharp;

namespace RdmCloud.Cli.Train;

/// <summary>A training as a command: it begins or goes on, and when it is interrupted it saves and says how to go on.</summary>
abstract class TrainCommand : CommandWithExamples
{
    readonly TrainOptions options = new();

    protected TrainCommand(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description, examples) => SetAction(RunAsync);

    protected void AddShared()
    {
        foreach (var option in options.All)
            Add(option);
    }

    protected T Config<T>(ParseResult line) => options.Config<T>(line);

    /// <returns>Whether the training is done.</returns>
    protected abstract Task<bool> TrainAsync(ParseResult line, TrainingRun run, CancellationToken cancellationToken);

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var (folder, device) = (options.Folder(line), options.Device(line));
        if (device == "cuda" && !torch.cuda.is_available())
            throw new UsageException(
                "--device cuda: there is no CUDA here. "
                + "Build with -p:TorchBackend=cuda on a machine with a GPU, or use --device cpu.");
        torch.set_num_threads(options.Threads(line) ?? ComputeProbe.Choose().Threads);
        var number = options.Replica(line);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var replicas = number == 0
            ? new Replicas(folder, options.Replicas(line), stop)
            : Replicas.EndWithTheFirst(stop);
        using var progress = new TrainingLine(isQuiet: number > 0);
        var run = new TrainingRun(
            folder, TimeProvider.System,
            new InlineProgress<TrainingProgress>(progress.Show), new InlineProgress<string>(progress.Say))
        {
            Device = device,
            Replica = (number, options.Replicas(line)),
        };
        var done = await TrainAsync(line, run with { Started = replicas.Start }, stop.Token);
        replicas.ThrowIfOneFailed();
        if (number > 0)
            return 0;
        progress.Say(done ? $"done: {folder}" : $"saved. The same command goes on: rdm {string.Join(' ', Words(line))}");
        if (!done)
            cancellationToken.ThrowIfCancellationRequested();
        return 0;
    }

    // The command line as a person would type it again.
    static IEnumerable<string> Words(ParseResult line) =>
        line.Tokens.Select(token => token.Value.Any(char.IsWhiteSpace) ? $"\"{token.Value}\"" : token.Value);
}
