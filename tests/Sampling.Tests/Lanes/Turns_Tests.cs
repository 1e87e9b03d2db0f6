namespace RdmCloud.Sampling.Lanes;

public class Turns_Tests
{
    readonly Turns turns = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoeverComesSecond_WaitsUntilTheFirstTurnIsOver()
    {
        var first = await turns.TakeAsync("job", Cancellation);
        var second = turns.TakeAsync("job", Cancellation);
        var third = turns.TakeAsync("job", Cancellation);
        Assert.False(second.IsCompleted || third.IsCompleted);
        first.Dispose();
        var next = await Task.WhenAny(second, third);
        Assert.False((next == second ? third : second).IsCompleted);
        (await next).Dispose();
        (await (next == second ? third : second)).Dispose();
    }

    [Fact]
    public async Task AnotherJob_WaitsForNobody()
    {
        using var first = await turns.TakeAsync("job", Cancellation);
        using var other = await turns.TakeAsync("other", Cancellation);
    }

    [Fact]
    public async Task WhoeverStopsWaiting_LeavesTheTurnToOthers()
    {
        using var stop = new CancellationTokenSource();
        var first = await turns.TakeAsync("job", Cancellation);
        var second = turns.TakeAsync("job", stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        (await turns.TakeAsync("job", Cancellation)).Dispose();
    }
}
