using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using RdmCloud.Contracts.Stages;
using RdmCloud.Models;
using RdmCloud.Sampling.Support;
using RdmCloud.Servers;

namespace RdmCloud.Sampling.Lanes;

public sealed class HandingBack_Tests(TinyModel model, RabbitServer rabbit)
    : IClassFixture<TinyModel>, IClassFixture<RabbitServer>
{
    readonly Messages heard = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JobThatAStoppingWorkerCannotFinish_IsDrawnByAnother()
    {
        var bus = await rabbit.CreateVirtualHostAsync(Cancellation);
        var job = Jobs.Job(TinyModel.Request(steps: 200) with { Pictures = 10 });
        await using (var worker = await StartAsync(bus, grace: TimeSpan.Zero))
        {
            await worker.SubmitAsync(job);
            await heard.FirstAsync<SamplingProgressed>(progress => progress.Job == job.Job && progress.Step > 0);
            await worker.StopAsync();
            Assert.Empty(heard.All<ImagesSampled>());
            Assert.Empty(heard.All<StageFailed>());
        }
        await using (var other = await StartAsync(bus, grace: TimeSpan.FromMinutes(1)))
            Assert.Equal(10, (await other.StoredAsync(job.Job)).Pictures.Count);
        Assert.Equal(0u, await CountAsync(bus, StageQueues.SampleInteractive));
        await Assert.ThrowsAsync<OperationInterruptedException>(() => CountAsync(bus, StageQueues.SampleInteractive + "_error"));
    }

    [Fact]
    public async Task JobThatFitsIntoTheGracePeriod_IsFinished()
    {
        var bus = await rabbit.CreateVirtualHostAsync(Cancellation);
        var job = Jobs.Job(steps: 300);
        await using (var worker = await StartAsync(bus, grace: TimeSpan.FromMinutes(1)))
        {
            await worker.SubmitAsync(job);
            await heard.FirstAsync<SamplingProgressed>(progress => progress.Job == job.Job);
            await worker.StopAsync();
            Assert.Equal(0u, await CountAsync(bus, StageQueues.SampleInteractive));
        }
        await using var other = await StartAsync(bus, grace: TimeSpan.FromMinutes(1));
        await other.StoredAsync(job.Job);
        Assert.Single(heard.All<SamplingProgressed>(), progress => progress.Step == 0);
    }

    Task<TestWorker> StartAsync(Uri bus, TimeSpan grace) => TestWorker.StartAsync(model.Directory.Path, new()
    {
        ["Bus:RabbitMq"] = bus.ToString(),
        ["Bus:StopTimeout"] = grace.ToString(),
        ["Sampling:ProgressInterval"] = "00:00:00",
    }, services => services.AddSingleton(heard));

    /// <summary>Throws where there is no such queue.</summary>
    static async Task<uint> CountAsync(Uri bus, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = bus }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        return await channel.MessageCountAsync(queue, Cancellation);
    }
}
