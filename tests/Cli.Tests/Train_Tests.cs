using System.Diagnostics;
using System.Text.Json.Nodes;

namespace RdmCloud.Cli;

/// <summary>
/// Trainings as processes: stopped, killed and shared. That they learn, and what comes of them, the README's commands show.
/// </summary>
[Trait("Category", "EndToEnd")]
public sealed class Train_Tests(Workshop workshop) : RdmTest(workshop)
{
    const int Steps = 24;

    [Fact]
    public async Task KilledTraining_GoesOnWithTheSameLossCurveToTheDigit()
    {
        await PrepareAsync();
        (await TrainAsync("whole")).Succeeded();

        foreach (var step in (int[])[3, 9])
        {
            using var process = Start("broken");
            await ReachAsync(process, step);
            process.Kill(); // SIGKILL
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        var lost = await TrainAsync("broken");

        lost.Succeeded();
        Assert.True(FirstStep(lost.Error) >= 9, lost.Error); // a checkpoint a step: what was told is not done again
        Assert.Equal(Losses("whole"), Losses("broken"));
        Assert.Equal(Steps, Losses("broken").Length);
        Assert.Equal(
            File.ReadAllBytes(this["whole/export/autoencoder.safetensors"]),
            File.ReadAllBytes(this["broken/export/autoencoder.safetensors"]));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task SignalToStop_SavesAndSaysHowToGoOn(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals to send on Windows");
        await PrepareAsync(steps: 100_000, checkpointInterval: "01:00:00");
        using var process = Start("run");
        await ReachAsync(process, 2);
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, process.ExitCode);
        Assert.EndsWith("The same command goes on: rdm train autoencoder data --config config.json -o run\n", said);
        Assert.True(File.Exists(this["run/checkpoint.safetensors"]));
    }

    [Fact]
    public async Task Replicas_TrainOneNetworkTogether()
    {
        await PrepareAsync(exchangeSteps: 5);
        (await TrainAsync("alone")).Succeeded();
        (await TrainAsync("together", "--replicas", "2")).Succeeded();

        Assert.Equal(Steps, Losses("together").Length);
        Assert.Equal(Losses("alone")[..5], Losses("together")[..5]); // until they meet
        Assert.NotEqual(Losses("alone")[^1], Losses("together")[^1]);
        Assert.Equal(4, Directory.GetFiles(this["together"], "replica-*").Length);
    }

    [Fact]
    public async Task Replicas_EndWhenTheFirstIsKilled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "asks /proc for the processes");
        await PrepareAsync(steps: 100_000);
        using var process = Start("run", "--replicas", "2");
        await ReachAsync(process, 2);
        var own = await File.ReadAllTextAsync(
            $"/proc/{process.Id}/task/{process.Id}/children", TestContext.Current.CancellationToken);
        var children = own.Concat(Threads(process).SelectMany(path => File.ReadAllText(path)));
        using var child = Process.GetProcessById(
            int.Parse(string.Concat(children).Split(' ', StringSplitOptions.RemoveEmptyEntries).First()));
        process.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.HasExited);
    }

    [Fact]
    public async Task Training_LeavesItsConfigurationALogAndASheet()
    {
        await PrepareAsync();
        var run = await TrainAsync("run");
        run.Succeeded();

        Assert.Matches(@"step 24/24  loss \d\.\d{4}  \d+\.\d images/s  00:00:00 left", run.Error);
        Assert.EndsWith("done: run\n", run.Error);
        Assert.Equal(Steps, (int?)JsonNode.Parse(File.ReadAllText(this["run/config.json"]))!["training"]!["steps"]);
        Assert.Equal("step,loss,learning_rate,images_per_second", File.ReadLines(this["run/log.csv"]).First());
        Assert.True(File.Exists(this["run/sheet-0000024.png"]));
        (await Rdm.RunAsync(Folder, null, "train", "autoencoder", "data", "-o", "run")).Succeeded();
    }

    [Fact]
    public async Task Cuda_WhereThereIsNone_IsOneLine()
    {
        await PrepareAsync();
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "there is a GPU");
        Assert.Contains("TorchBackend=cuda", (await TrainAsync("run", "--device", "cuda")).Refused(exitCode: 2));
    }

    [Fact]
    public async Task AnotherConfiguration_IsRefused()
    {
        await PrepareAsync();
        (await TrainAsync("run")).Succeeded();
        var changed = File.ReadAllText(this["config.json"]).Replace("0.003", "0.004", StringComparison.Ordinal);
        File.WriteAllText(this["config.json"], changed);
        Assert.Contains("another configuration", (await TrainAsync("run")).Refused(exitCode: 1));
    }

    async Task PrepareAsync(int steps = Steps, string checkpointInterval = "00:00:00", int exchangeSteps = 100)
    {
        Drawings.Write(this["pictures"]);
        (await Rdm.RunAsync(Folder, null, "data", "folder", "pictures", "-o", "data", "--size", "32")).Succeeded();
        var example = Path.Combine(Fixtures.Root, "models", "configs", "tiny", "autoencoder.json");
        var config = JsonNode.Parse(File.ReadAllText(example))!;
        var training = config["training"]!;
        (training["steps"], training["batch_size"], training["log_steps"]) = (steps, 2, 1);
        (training["checkpoint_interval"], training["exchange_steps"]) = (checkpointInterval, exchangeSteps);
        File.WriteAllText(this["config.json"], config.ToJsonString());
    }

    static string[] Line(string run, params string[] options) =>
        ["train", "autoencoder", "data", "--config", "config.json", "-o", run, .. options];

    Task<RdmRun> TrainAsync(string run, params string[] options) => Rdm.RunAsync(Folder, null, Line(run, options));

    Process Start(string run, params string[] options) => Rdm.Start(Folder, null, Line(run, options));

    static async Task ReachAsync(Process process, int step)
    {
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.StartsWith("step ", StringComparison.Ordinal) && StepOf(line) >= step)
                return;
        Assert.Fail("the training ended too soon");
    }

    static int FirstStep(string error) =>
        StepOf(error.Split('\n').First(line => line.StartsWith("step ", StringComparison.Ordinal)));

    static int StepOf(string line) => int.Parse(line["step ".Length..].Split('/', ' ')[0]);

    static IEnumerable<string> Threads(Process process) =>
        Directory.GetDirectories($"/proc/{process.Id}/task").Select(thread => Path.Combine(thread, "children"));

    // Without the speed.
    string[] Losses(string run) =>
        [.. File.ReadLines(this[$"{run}/log.csv"]).Skip(1).Select(line => string.Join(',', line.Split(',')[..3]))];
}
