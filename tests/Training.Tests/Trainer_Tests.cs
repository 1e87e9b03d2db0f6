using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training;

public class Trainer_Tests
{
    static readonly TrainingConfig Config = new()
    {
        Steps = 12, BatchSize = 4, LearningRate = 0.1, WarmUpSteps = 3, Muon = true, LogSteps = 1, Seed = 7, Accumulation = 2,
        CheckpointInterval = TimeSpan.Zero, EvaluationInterval = TimeSpan.FromHours(1),
    };

    [Fact]
    public void Run_KilledAndResumed_ContinuesTheSameLossCurveToTheDigit()
    {
        using TemporaryFolder whole = new(), broken = new();
        Assert.True(Run(whole, stopAfter: 12));

        Assert.False(Run(broken, stopAfter: 5));
        Assert.True(Run(broken, stopAfter: 12));

        Assert.Equal(Losses(whole), Losses(broken));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(whole.Path, "weights.safetensors")),
            File.ReadAllBytes(Path.Combine(broken.Path, "weights.safetensors")));
    }

    [Fact]
    public void Run_ResumedFromAnOlderCheckpoint_WritesTheLinesAfterItAgain()
    {
        using TemporaryFolder folder = new();
        Run(folder, stopAfter: 4);
        var checkpoint = File.ReadAllBytes(Path.Combine(folder.Path, "checkpoint.safetensors"));
        Run(folder, stopAfter: 9);
        var losses = Losses(folder);
        File.WriteAllBytes(Path.Combine(folder.Path, "checkpoint.safetensors"), checkpoint);

        Run(folder, stopAfter: 9);

        Assert.Equal(9, losses.Length);
        Assert.Equal(losses, Losses(folder));
    }

    [Fact]
    public void Run_ResumedFromTheCompactStateAlone_GoesOnFromItsStepAndWeights()
    {
        using TemporaryFolder first = new(), second = new();
        Run(first, stopAfter: 8);
        var compact = Path.Combine(first.Path, "resume.safetensors");
        Assert.True(new FileInfo(compact).Length < new FileInfo(Path.Combine(first.Path, "checkpoint.safetensors")).Length);
        File.Copy(compact, Path.Combine(second.Path, "resume.safetensors"));

        Assert.True(Run(second, stopAfter: 12));

        Assert.Equal(["9", "10", "11", "12"], Losses(second).Select(line => line.Split(',')[0]));
        Assert.True(Loss(second, 0) < Loss(first, 0), "it began anew");

        static double Loss(TemporaryFolder folder, int line) => double.Parse(Losses(folder)[line].Split(',')[1]);
    }

    [Fact]
    public void Run_OfAFinishedTraining_FromItsCompactState_LeavesItsWeights()
    {
        using TemporaryFolder first = new(), second = new();
        Run(first, stopAfter: 12);
        File.Copy(Path.Combine(first.Path, "resume.safetensors"), Path.Combine(second.Path, "resume.safetensors"));

        Assert.True(Run(second, stopAfter: 12));

        Assert.Equal(
            File.ReadAllBytes(Path.Combine(first.Path, "weights.safetensors")),
            File.ReadAllBytes(Path.Combine(second.Path, "weights.safetensors")));
    }

    [Fact]
    public void Run_KilledInTheMiddleOfALogLine_WritesTheLineAgain()
    {
        using TemporaryFolder folder = new();
        Run(folder, stopAfter: 4);
        var log = Path.Combine(folder.Path, "log.csv");
        File.AppendAllText(log, "5,0.");

        Run(folder, stopAfter: 6);

        Assert.Equal(["1", "2", "3", "4", "5", "6"], Losses(folder).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Run_OfAFinishedTraining_ChangesNothing()
    {
        using TemporaryFolder folder = new();
        Run(folder, stopAfter: 12);
        var files = Directory.GetFiles(folder.Path);
        var before = files.Select(File.GetLastWriteTimeUtc).ToArray();

        Assert.True(Run(folder, stopAfter: 12));

        Assert.Equal(before, files.Select(File.GetLastWriteTimeUtc));
    }

    [Fact]
    public void Run_ToTheEnd_EvaluatesTheAverageAndLearns()
    {
        using TemporaryFolder folder = new();
        var task = new LineTask();
        var evaluations = new List<string>();

        new Trainer<Linear>(task, Config, folder.Path, TimeProvider.System)
            .Run(new Reports<TrainingProgress>(_ => { }), new Reports<string>(evaluations.Add), CancellationToken.None);

        Assert.Equal(["step 12  drawn"], evaluations);
        var losses = Losses(folder).Select(line => double.Parse(line.Split(',')[1])).ToArray();
        Assert.True(losses[^1] < losses[0] / 2);
    }

    [Fact]
    public void Run_LossIsNotFinite_SaysWhatToDo()
    {
        using TemporaryFolder folder = new();
        var trainer = new Trainer<Linear>(new LineTask(double.NaN), Config, folder.Path, TimeProvider.System);

        var error = Assert.Throws<TrainingException>(
            () => trainer.Run(new Reports<TrainingProgress>(_ => { }), new Reports<string>(_ => { }), CancellationToken.None));

        Assert.Contains("lower learning rate", error.Message);
    }

    static bool Run(TemporaryFolder folder, int stopAfter)
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Reports<TrainingProgress>(line =>
        {
            if (line.Step == stopAfter)
                cancellation.Cancel();
        });
        return new Trainer<Linear>(new LineTask(), Config, folder.Path, TimeProvider.System)
            .Run(progress, new Reports<string>(_ => { }), cancellation.Token);
    }

    // Step and loss, without the speed.
    static string[] Losses(TemporaryFolder folder) =>
        [.. File.ReadLines(Path.Combine(folder.Path, "log.csv")).Skip(1).Select(line => string.Join(',', line.Split(',')[..3]))];

    /// <summary>Learns a fixed linear map.</summary>
    sealed class LineTask(double factor = 1) : ITrainingTask<Linear>
    {
        public Linear CreateNetwork() => new(6, 3);

        public Tensor Loss(Linear network, int batchSize, StepRandom random)
        {
            using var scope = NewDisposeScope();
            var x = randn([batchSize, 6], generator: random.Noise);
            var shift = (float)random.Choices.NextDouble() * 0.01f;
            return ((network.forward(x) - x.narrow(1, 0, 3) - shift).square().mean() * factor).MoveToOuterDisposeScope();
        }

        public string Evaluate(Linear network, string sheetPath) => "drawn";
    }
}
