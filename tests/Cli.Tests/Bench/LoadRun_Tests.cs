using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.Bench.Load;

namespace RdmCloud.Cli.Bench;

public sealed class LoadRun_Tests : IDisposable
{
    static readonly Arrival[] arrivals = [new(0, "a", 1, 20), new(1, "b", 1, 20), new(2, "a", 1, 20)];
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    readonly WatchedTime time = new();
    readonly CancellationTokenSource interruption = new();
    readonly SemaphoreSlim submitted = new(0);
    readonly TaskCompletionSource<JobEnding> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GatewayThatStandsStill_DelaysNoOtherJob_AndMakesAllSlowThatWereToCome()
    {
        var run = RunAsync();
        await submitted.WaitAsync(Cancel);
        // the first job has no answer, and yet the others are submitted at their times
        for (var second = 1; second <= 2; second++)
        {
            await time.AdvanceAsync(TimeSpan.FromSeconds(1), Cancel);
            await submitted.WaitAsync(Cancel);
        }
        await time.AdvanceAsync(TimeSpan.FromSeconds(8), Cancel);
        answer.SetResult(new(null, new Dictionary<string, double>()));
        // who waits for an answer before asking again sees 10, and then nothing slow
        Assert.Equal([10, 9, 8], (await run).Select(job => job.Latency));
    }

    [Fact]
    public async Task JobThatIsSubmittedLate_IsTimedFromWhenItWasMeantToBe()
    {
        var run = RunAsync();
        await submitted.WaitAsync(Cancel);
        await time.AdvanceAsync(TimeSpan.FromSeconds(5), Cancel); // the generator itself was held up
        await submitted.WaitAsync(Cancel);
        await submitted.WaitAsync(Cancel);
        answer.SetResult(new(null, new Dictionary<string, double>()));
        Assert.Equal([5, 4, 3], (await run).Select(job => job.Latency));
    }

    [Fact]
    public async Task Interruption_EndsOpenJobs_AndSubmitsNoMore()
    {
        var run = RunAsync();
        await submitted.WaitAsync(Cancel);
        await time.AdvanceAsync(TimeSpan.FromSeconds(1), Cancel);
        await submitted.WaitAsync(Cancel);
        await interruption.CancelAsync();
        Assert.Equal([JobEnding.Interrupted, JobEnding.Interrupted], (await run).Select(job => job.Ending.Error));
    }

    [Fact]
    public async Task JobThatIsNotOverInTime_IsGivenUp()
    {
        var run = RunAsync();
        await submitted.WaitAsync(Cancel);
        await time.AdvanceAsync(TimeSpan.FromSeconds(2), Cancel);
        await submitted.WaitAsync(Cancel);
        await submitted.WaitAsync(Cancel);
        await time.AdvanceAsync(patience, Cancel);
        Assert.All(await run, job => Assert.Equal(JobEnding.Unfinished, job.Ending.Error));
    }

    public void Dispose()
    {
        interruption.Dispose();
        submitted.Dispose();
    }

    Task<IReadOnlyList<TimedJob>> RunAsync() => new LoadRun(async (_, end) =>
    {
        submitted.Release();
        return await answer.Task.WaitAsync(end);
    }, patience, time).RunAsync(arrivals, (_, _) => { }, interruption.Token);
}
