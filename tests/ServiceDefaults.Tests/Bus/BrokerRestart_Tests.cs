using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RdmCloud.Contracts.Stages;
using RdmCloud.Servers;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.ServiceDefaults.Bus;

public class BrokerRestart_Tests(RabbitServer rabbit) : IClassFixture<RabbitServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BrokerThatStartsAgain_HasItsMessages_AndServicesGoOn()
    {
        await using var processes = new Processes(await rabbit.CreateVirtualHostAsync(Cancellation))
        {
            StartAgain = true, SilenceTimeout = TimeSpan.FromSeconds(10),
        };
        var (outcomes, begun, mayEnd) = (new Outcomes(), new TaskCompletionSource(), new TaskCompletionSource());
        var work = new EmbedWork(async context =>
        {
            begun.TrySetResult();
            await mayEnd.Task.WaitAsync(context.JobToken());
            await context.PublishAsync(Commands.Done(context.Message.Job), context.JobToken());
        });
        await processes.StartAsync([work, outcomes], EmbedConsumer.Add, Outcomes.Add);
        string[] jobs = ["begun", "waiting", "last"];
        foreach (var job in jobs)
            await SendAsync(job);
        await begun.Task.WaitAsync(Cancellation);

        await rabbit.RestartAsync();
        mayEnd.SetResult();
        await HearOfAsync(outcomes, jobs);

        await SendAsync("new");
        await HearOfAsync(outcomes, "new");

        // Each queue comes back in its own time, and this event is lost on a process whose queue is not there.
        await Eventually.Async(async () =>
        {
            await Bus().PublishAsync(new GenerationCancelled(Commands.Embed("canceled").Job), Cancellation);
            using var held = processes.Last.Services.GetRequiredService<JobCancellations>()
                .Hold("canceled", deadline: null, Cancellation);
            return held.IsOver;
        });

        IBus Bus() => processes.Last.Services.GetRequiredService<IBus>();

        // What could not be confirmed is sent again, as the services do.
        async Task SendAsync(string job)
        {
            for (var attempt = 0; ; attempt++)
                try
                {
                    await Bus().SendToAsync(StageQueues.EmbedPrompt, Commands.Embed(job), Cancellation);
                    return;
                }
                catch (UnconfirmedException) when (attempt < 3)
                {
                }
        }
    }

    [Fact]
    public async Task BrokerThatDoesNotAnswer_HoldsNobodyUpForEver()
    {
        await using var processes = new Processes(await rabbit.CreateVirtualHostAsync(Cancellation));
        var host = await processes.StartAsync([]);
        var bus = host.Services.GetRequiredService<IBus>();
        var canceled = new GenerationCancelled(Commands.Embed("canceled").Job);
        await bus.PublishAsync(canceled, Cancellation);
        await rabbit.FreezeAsync();
        try
        {
            var told = await Assert.ThrowsAsync<UnconfirmedException>(
                () => bus.PublishAsync(canceled, TimeSpan.FromSeconds(0.5), Cancellation));
            Assert.Contains(nameof(GenerationCancelled), told.Message);
            using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bus.PublishAsync(canceled, impatient.Token));
        }
        finally
        {
            rabbit.GoOn();
        }
        await bus.PublishAsync(canceled, Cancellation);
    }

    // What was under way may be done twice.
    static async Task HearOfAsync(Outcomes outcomes, params string[] jobs)
    {
        var missing = jobs.ToHashSet();
        while (missing.Count > 0)
            missing.Remove(Assert.IsType<PromptEmbedded>(await outcomes.NextAsync()).Job.Job);
    }
}
