using Microsoft.Extensions.DependencyInjection;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Stages;
using RdmCloud.Servers;
using RdmCloud.ServiceDefaults.Bus;

[assembly: AssemblyFixture(typeof(RabbitServer))]

namespace RdmCloud.ServiceDefaults.Stages;

public class StageFilterOverRabbit_Tests(RabbitServer rabbit) : StageFilter_Tests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JobThatIsDroppedRefusedOrTriedAgainLater_LeavesNoDeadLetter()
    {
        var broker = await rabbit.CreateVirtualHostAsync(Cancellation);
        await using var processes = new Processes(broker);
        var outcomes = new Outcomes();
        var host = await StartAsync(processes, outcomes, new EmbedWork(context => context.Message.Job.Job switch
        {
            "refused" => throw new RefusedException("The prompt is empty; write one."),
            "unlucky" => throw new IOException("The disk is full."),
            _ => SucceedAsync(context),
        }));
        host.Services.GetRequiredService<JobCancellations>().Cancel("canceled");
        await SendAsync(
            host, Commands.Embed("canceled"), Commands.Embed("refused"), Commands.Embed("unlucky"), Commands.Embed("good"));
        for (var outcome = 0; outcome < 3; outcome++)
            await outcomes.NextAsync();
        await host.StopAsync(Cancellation); // what is under way is settled then
        foreach (var kind in new[] { "", "_error", "_dead", "_skipped" })
            await Queues.WaitForCountAsync(broker, StageQueues.EmbedPrompt + kind, 0);
    }

    private protected override async Task<Processes> ProcessesAsync() => new(await rabbit.CreateVirtualHostAsync(Cancellation));
}
