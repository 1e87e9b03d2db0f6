using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RdmCloud.Contracts.Stages;
using RdmCloud.Servers;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.ServiceDefaults.Bus;

public class StageQueueDeclaration_Tests(RabbitServer rabbit)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queues_AreThereBeforeAnyWorker()
    {
        var broker = await rabbit.CreateVirtualHostAsync(Cancellation);
        using var gateway = await StartAsync(broker);
        foreach (var queue in StageQueues.All)
        {
            Assert.Equal("quorum", (string?)(await rabbit.FindAsync(broker, queue))?["type"]);
            Assert.Equal("quorum", (string?)(await rabbit.FindAsync(broker, $"{queue}_dead"))?["type"]);
        }
        var queues = await rabbit.NamesAsync(broker, "queues");
        Assert.Equal(2 * StageQueues.All.Count, queues.Count(name => !name.StartsWith("temporary-", StringComparison.Ordinal)));
        await gateway.StopAsync(Cancellation);
    }

    [Fact]
    public async Task WhatIsSentBefore_IsDoneByTheFirstWorker()
    {
        var broker = await rabbit.CreateVirtualHostAsync(Cancellation);
        using var gateway = await StartAsync(broker);
        var bus = gateway.Services.GetRequiredService<IBus>();
        await bus.SendToAsync(StageQueues.EmbedPrompt, Commands.Embed("job"), Cancellation);
        await using var processes = new Processes(broker);
        var done = new TaskCompletionSource<string>();
        await processes.StartAsync([new EmbedWork(context =>
        {
            done.SetResult(context.Message.Job.Job);
            return Task.CompletedTask;
        })], EmbedConsumer.Add); // whose declaration would be refused if it differed
        Assert.Equal("job", await done.Task.WaitAsync(Cancellation));
        await gateway.StopAsync(Cancellation);
    }

    static async Task<IHost> StartAsync(Uri broker)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["Bus:RabbitMq"] = broker.ToString();
        builder.AddServiceDefaults();
        builder.AddStageQueues();
        builder.AddBus();
        var host = builder.Build();
        await host.StartAsync(Cancellation);
        return host;
    }
}
