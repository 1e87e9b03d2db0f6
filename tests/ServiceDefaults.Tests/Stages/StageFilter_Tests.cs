using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.ServiceDefaults.Stages;

public abstract class StageFilter_Tests
{
    const string Sensitive = "password=hunter2";

    readonly FakeTimeProvider time = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_ReachesItsConsumer()
    {
        await using var processes = await ProcessesAsync();
        var outcomes = new Outcomes();
        var host = await StartAsync(processes, outcomes, new EmbedWork(SucceedAsync));
        await SendAsync(host, Commands.Embed("job"));
        Assert.Equal(Commands.Done(Commands.Embed("job").Job), await outcomes.NextAsync());
    }

    [Fact]
    public async Task Refusal_FailsTheJobForGood_AtTheFirstTry()
    {
        await using var processes = await ProcessesAsync();
        var outcomes = new Outcomes();
        var work = new EmbedWork(_ => throw new RefusedException("The prompt is empty; write one."));
        var host = await StartAsync(processes, outcomes, work);
        await SendAsync(host, Commands.Embed("job"));
        var failed = Assert.IsType<StageFailed>(await outcomes.NextAsync());
        Assert.Equal(
            new(Commands.Embed("job").Job, Stage.Embedding, "The prompt is empty; write one.", Transient: false), failed);
        Assert.Equal(1, work.Tries);
    }

    [Fact]
    public async Task FailureThatPasses_IsTriedAgainWithoutAWord()
    {
        await using var processes = await ProcessesAsync();
        var outcomes = new Outcomes();
        var left = 2;
        var work = new EmbedWork(context => left-- > 0 ? throw new IOException(Sensitive) : SucceedAsync(context));
        await SendAsync(await StartAsync(processes, outcomes, work), Commands.Embed("job"));
        Assert.IsType<PromptEmbedded>(await outcomes.NextAsync());
        Assert.Equal(3, work.Tries);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task FailureThatStays_MayPassUntilTheLastAttempt(int attempt, bool transient)
    {
        await using var processes = await ProcessesAsync();
        var outcomes = new Outcomes();
        var work = new EmbedWork(_ => throw new IOException(Sensitive));
        await SendAsync(await StartAsync(processes, outcomes, work), Commands.Embed("job", attempt));
        var failed = Assert.IsType<StageFailed>(await outcomes.NextAsync());
        Assert.Equal(transient, failed.Transient);
        Assert.Equal(attempt, failed.Job.Attempt);
        Assert.DoesNotContain(Sensitive, failed.Reason);
        Assert.Equal(3, work.Tries);
    }

    [Fact]
    public async Task JobCanceledBefore_IsNotBegun()
    {
        await using var processes = await ProcessesAsync();
        var outcomes = new Outcomes();
        var work = new EmbedWork(SucceedAsync);
        var host = await StartAsync(processes, outcomes, work);
        host.Services.GetRequiredService<JobCancellations>().Cancel("canceled");
        await SendAsync(host, Commands.Embed("canceled"), Commands.Embed("other"));
        Assert.Equal(Commands.Done(Commands.Embed("other").Job), await outcomes.NextAsync());
        Assert.Equal(1, work.Tries);
    }

    [Fact]
    public async Task JobCanceledMeanwhile_StopsAndIsNotHeardOfAgain()
    {
        await using var processes = await ProcessesAsync();
        var (outcomes, begun) = (new Outcomes(), new TaskCompletionSource());
        var work = new EmbedWork(context => WorkLongAsync(context, "canceled", begun));
        var host = await StartAsync(processes, outcomes, work);
        await SendAsync(host, Commands.Embed("canceled"), Commands.Embed("other"));
        await begun.Task.WaitAsync(Cancellation);
        await host.Services.GetRequiredService<IBus>()
            .Publish(new GenerationCancelled(Commands.Embed("canceled").Job), Cancellation);
        Assert.Equal(Commands.Done(Commands.Embed("other").Job), await outcomes.NextAsync());
        Assert.Equal(2, work.Tries);
    }

    [Fact]
    public async Task ExpiredJob_IsNotBegun()
    {
        await using var processes = await ProcessesAsync();
        var outcomes = new Outcomes();
        var work = new EmbedWork(SucceedAsync);
        var host = await StartAsync(processes, outcomes, work);
        await SendAsync(host, Commands.Embed("expired", deadline: time.GetUtcNow()), Commands.Embed("other"));
        Assert.Equal(Commands.Done(Commands.Embed("other").Job), await outcomes.NextAsync());
        Assert.Equal(1, work.Tries);
    }

    [Fact]
    public async Task JobThatExpiresMeanwhile_StopsAndIsNotHeardOfAgain()
    {
        await using var processes = await ProcessesAsync();
        var (outcomes, begun) = (new Outcomes(), new TaskCompletionSource());
        var host = await StartAsync(processes, outcomes, new EmbedWork(context => WorkLongAsync(context, "expires", begun)));
        await SendAsync(host, Commands.Embed("expires", deadline: time.GetUtcNow().AddMinutes(5)), Commands.Embed("other"));
        await begun.Task.WaitAsync(Cancellation);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Commands.Done(Commands.Embed("other").Job), await outcomes.NextAsync());
    }

    [Fact]
    public async Task DistantDeadline_IsNoObstacle()
    {
        await using var processes = await ProcessesAsync();
        var outcomes = new Outcomes();
        var host = await StartAsync(processes, outcomes, new EmbedWork(SucceedAsync));
        await SendAsync(host, Commands.Embed("patient", deadline: time.GetUtcNow().AddYears(1)));
        Assert.IsType<PromptEmbedded>(await outcomes.NextAsync());
    }

    [Fact]
    public async Task TraceOfTheSender_GoesOnInTheConsumer()
    {
        await using var processes = await ProcessesAsync();
        var trace = new TaskCompletionSource<ActivityTraceId?>();
        var work = new EmbedWork(_ => Task.FromResult(trace.TrySetResult(Activity.Current?.TraceId)));
        var host = await StartAsync(processes, new(), work);
        using var request = new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        await SendAsync(host, Commands.Embed("job"));
        Assert.Equal(request.TraceId, await trace.Task.WaitAsync(Cancellation));
    }

    private protected abstract Task<Processes> ProcessesAsync();

    private protected static Task SucceedAsync(ConsumeContext<EmbedPrompt> context) =>
        context.Publish(Commands.Done(context.Message.Job), context.JobToken());

    private protected static async Task SendAsync(IHost host, params EmbedPrompt[] commands)
    {
        foreach (var command in commands)
            await host.Services.GetRequiredService<IBus>().SendToAsync(StageQueues.EmbedPrompt, command, Cancellation);
    }

    private protected Task<IHost> StartAsync(Processes processes, Outcomes outcomes, EmbedWork work) =>
        processes.StartAsync([work, outcomes, time], EmbedConsumer.Add, Outcomes.Add);

    // Only the named job is long, and it is over only when it is told to be.
    static async Task WorkLongAsync(ConsumeContext<EmbedPrompt> context, string job, TaskCompletionSource begun)
    {
        if (context.Message.Job.Job == job)
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.JobToken());
        }
        await SucceedAsync(context);
    }
}
