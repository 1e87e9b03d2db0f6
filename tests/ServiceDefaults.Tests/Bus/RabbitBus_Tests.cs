using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RdmCloud.Contracts.Stages;
using RdmCloud.Servers;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.ServiceDefaults.Bus;

public class RabbitBus_Tests(RabbitServer rabbit)
{
    readonly Outcomes outcomes = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CommandToAQueueThatNobodyHasDeclared_Fails()
    {
        await using var processes = await ProcessesAsync();
        var sender = await processes.StartAsync([]);
        await Assert.ThrowsAsync<MessageReturnedException>(() => SendAsync(sender, Commands.Embed("job")));
    }

    [Fact]
    public async Task EventThatNobodyListensTo_IsNoFailure()
    {
        await using var processes = await ProcessesAsync();
        var publisher = await processes.StartAsync([]);
        await publisher.Services.GetRequiredService<IBus>().Publish(Commands.Done(Commands.Embed("job").Job), Cancellation);
    }

    [Fact]
    public async Task Queue_IsReplicatedAndLimitsDeliveries()
    {
        await using var processes = await ProcessesAsync();
        await processes.StartAsync([new EmbedWork(SucceedAsync)], EmbedConsumer.Add);
        var queue = await rabbit.FindAsync(processes.Broker, StageQueues.EmbedPrompt);
        Assert.Equal("quorum", (string?)queue!["type"]);
        Assert.True((bool)queue["durable"]!);
        Assert.Equal(4, (int)queue["arguments"]!["x-delivery-limit"]!);
        Assert.Equal("embed-prompt_dead", (string?)queue["arguments"]!["x-dead-letter-exchange"]);
        Assert.Equal("quorum", (string?)(await rabbit.FindAsync(processes.Broker, "embed-prompt_dead"))!["type"]);
    }

    [Fact]
    public async Task RefusedJob_LeavesNothingInTheQueues()
    {
        await using var processes = await ProcessesAsync();
        var worker = await StartAsync(processes, _ => throw new Contracts.RefusedException("The prompt is empty; write one."));
        await SendAsync(worker, Commands.Embed("job", attempt: 3));
        await outcomes.NextAsync();
        await processes.StopAsync(worker);
        Assert.True(await Queues.IsEmptyAsync(processes.Broker, StageQueues.EmbedPrompt));
        Assert.Null(await rabbit.FindAsync(processes.Broker, "embed-prompt_error"));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public async Task FailedJob_LeavesADeadLetterAtItsLastAttemptAlone(int attempt, bool isLast)
    {
        await using var processes = await ProcessesAsync();
        var worker = await StartAsync(processes, _ => throw new IOException("The disk is gone."));
        await SendAsync(worker, Commands.Embed("job", attempt));
        await outcomes.NextAsync();
        await processes.StopAsync(worker);
        Assert.True(await Queues.IsEmptyAsync(processes.Broker, StageQueues.EmbedPrompt));
        Assert.Equal(isLast, await rabbit.FindAsync(processes.Broker, "embed-prompt_error") is not null);
        if (isLast)
            await Queues.WaitForCountAsync(processes.Broker, "embed-prompt_error", 1);
    }

    [Fact]
    public async Task WorkOfAProcessThatStops_IsDoneByAnother()
    {
        await using var processes = await ProcessesAsync(stopTimeout: TimeSpan.FromSeconds(0.2));
        var begun = new TaskCompletionSource();
        var stopping = await StartAsync(processes, context => WorkForeverAsync(context, begun));
        await SendAsync(stopping, Commands.Embed("job", attempt: 3));
        await begun.Task.WaitAsync(Cancellation);
        await processes.StopAsync(stopping);
        Assert.Null(await rabbit.FindAsync(processes.Broker, "embed-prompt_error"));
        await StartAsync(processes, SucceedAsync);
        Assert.IsType<PromptEmbedded>(await outcomes.NextAsync());
    }

    [Fact]
    public async Task WorkOfAProcessThatDies_IsDoneByAnother()
    {
        await using var processes = await ProcessesAsync();
        using var cable = new Cable(processes.Broker);
        await using var mortal = new Processes(cable.Broker) { StopTimeout = TimeSpan.Zero };
        var begun = new TaskCompletionSource();
        var dying = await mortal.StartAsync([new EmbedWork(context => WorkForeverAsync(context, begun))], EmbedConsumer.Add);
        await SendAsync(dying, Commands.Embed("job"));
        await begun.Task.WaitAsync(Cancellation);
        await StartAsync(processes, SucceedAsync);
        cable.Cut();
        Assert.IsType<PromptEmbedded>(await outcomes.NextAsync());
    }

    [Fact]
    public async Task MessageThatEndsEachWorker_BecomesADeadLetter_AndCanBeSentAgain()
    {
        await using var processes = new Processes(await rabbit.CreateVirtualHostAsync(Cancellation)) { DeliveryLimit = 1 };
        for (var delivery = 0; delivery < 2; delivery++)
        {
            using var cable = new Cable(processes.Broker);
            await using var mortal = new Processes(cable.Broker) { StopTimeout = TimeSpan.Zero, DeliveryLimit = 1 };
            var begun = new TaskCompletionSource();
            var dying = await mortal.StartAsync([new EmbedWork(context => WorkForeverAsync(context, begun))], EmbedConsumer.Add);
            if (delivery == 0)
                await SendAsync(dying, Commands.Embed("job"));
            await begun.Task.WaitAsync(Cancellation);
            cable.Cut();
        }
        await Queues.WaitForCountAsync(processes.Broker, "embed-prompt_dead", 1);
        Assert.True(await Queues.IsEmptyAsync(processes.Broker, StageQueues.EmbedPrompt));

        var letters = (await StartAsync(processes, SucceedAsync)).Services.GetRequiredService<IDeadLetters>();
        var letter = Assert.Single(await letters.ListAsync(Cancellation));
        Assert.Equal(("embed-prompt_dead", "job"), (letter.Queue, letter.Job));
        Assert.Equal("Each process that took it ended before it was done.", letter.Reason);
        Assert.NotNull(letter.Time);
        Assert.True(await letters.SendAgainAsync(letter.Queue, letter.Id, Cancellation));
        Assert.IsType<PromptEmbedded>(await outcomes.NextAsync());
    }

    [Fact]
    public async Task CanceledJob_IsHeardOfByEveryProcess()
    {
        await using var processes = await ProcessesAsync();
        var first = await processes.StartAsync([new EmbedWork(SucceedAsync)], EmbedConsumer.Add);
        var second = await processes.StartAsync([new EmbedWork(SucceedAsync)], EmbedConsumer.Add);
        await first.Services.GetRequiredService<IBus>().Publish(new GenerationCancelled(Commands.Embed("job").Job), Cancellation);
        foreach (var process in (IHost[])[first, second])
            await Eventually.Async(() =>
            {
                using var held = process.Services.GetRequiredService<JobCancellations>()
                    .Hold("job", deadline: null, Cancellation);
                return Task.FromResult(held.IsOver);
            });
    }

    [Fact]
    public async Task TemporaryQueues_GoWithTheirProcess()
    {
        const int Queues = 2; // of what is canceled, and of its own pulse
        await using var processes = await ProcessesAsync();
        var host = await processes.StartAsync([new EmbedWork(SucceedAsync)], EmbedConsumer.Add);
        await Eventually.Async(() => ThereAreAsync(Queues));
        await processes.StopAsync(host);
        await Eventually.Async(() => ThereAreAsync(0));

        async Task<bool> ThereAreAsync(int count) => await CountAsync("queues") == count && await CountAsync("exchanges") == count;

        async Task<int> CountAsync(string what) =>
            (await rabbit.NamesAsync(processes.Broker, what))
                .Count(name => name.StartsWith("temporary-", StringComparison.Ordinal));
    }

    async Task<Processes> ProcessesAsync(TimeSpan? stopTimeout = null) =>
        new(await rabbit.CreateVirtualHostAsync(Cancellation)) { StopTimeout = stopTimeout ?? TimeSpan.FromSeconds(20) };

    Task<IHost> StartAsync(Processes processes, Func<ConsumeContext<EmbedPrompt>, Task> work) =>
        processes.StartAsync([new EmbedWork(work), outcomes], EmbedConsumer.Add, Outcomes.Add);

    static Task SucceedAsync(ConsumeContext<EmbedPrompt> context) =>
        context.Publish(Commands.Done(context.Message.Job), context.JobToken());

    static Task SendAsync(IHost host, EmbedPrompt command) =>
        host.Services.GetRequiredService<IBus>().SendToAsync(StageQueues.EmbedPrompt, command, Cancellation);

    static Task WorkForeverAsync(ConsumeContext<EmbedPrompt> context, TaskCompletionSource begun)
    {
        begun.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, context.JobToken());
    }
}
