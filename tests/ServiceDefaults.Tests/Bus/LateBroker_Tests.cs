using Microsoft.Extensions.Hosting;
using RdmCloud.Contracts.Stages;
using RdmCloud.Servers;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.ServiceDefaults.Bus;

public class LateBroker_Tests(RabbitServer rabbit) : IClassFixture<RabbitServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HostThatDeclaresQueues_WaitsForItsBroker()
    {
        var broker = await rabbit.CreateVirtualHostAsync(Cancellation);
        await rabbit.StopAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["Bus:RabbitMq"] = broker.ToString();
        builder.AddServiceDefaults();
        builder.AddStageQueues();
        builder.AddBus();
        using var host = builder.Build();
        var starting = host.StartAsync(Cancellation);
        await Assert.ThrowsAsync<TimeoutException>(() => starting.WaitAsync(TimeSpan.FromSeconds(3), Cancellation));

        await rabbit.StartAsync();
        await starting;
        Assert.NotNull(await rabbit.FindAsync(broker, StageQueues.SampleBulk));
        await host.StopAsync(Cancellation);
    }
}
