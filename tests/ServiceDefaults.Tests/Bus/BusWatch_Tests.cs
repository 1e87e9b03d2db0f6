using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RdmCloud.Contracts.Stages;
using RdmCloud.Servers;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.ServiceDefaults.Bus;

public class BusWatch_Tests(RabbitServer rabbit) : IClassFixture<RabbitServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BusThatIsDead_WhileTheBrokerAnswers_EndsTheProcess()
    {
        using var cable = new Cable(await rabbit.CreateVirtualHostAsync(Cancellation));
        await using var processes = new Processes(cable.Broker)
        {
            SilenceTimeout = TimeSpan.FromSeconds(2), StopTimeout = TimeSpan.Zero,
        };
        var host = await processes.StartAsync([]);
        var ending = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(ending.SetResult);
        cable.GoDead();
        await ending.Task.WaitAsync(Cancellation);
        cable.Cut(); // so that it need not wait for the dead connection
    }

    [Fact]
    public async Task BrokerThatIsAway_EndsNoProcess()
    {
        using var cable = new Cable(await rabbit.CreateVirtualHostAsync(Cancellation));
        await using var processes = new Processes(cable.Broker) { SilenceTimeout = TimeSpan.FromSeconds(2) };
        var host = await processes.StartAsync([]);
        var connections = cable.Connections;
        await rabbit.FreezeAsync();
        try
        {
            // Ten times were enough for the silence to be too long.
            await Eventually.Async(() => Task.FromResult(cable.Connections > connections + 15));
        }
        finally
        {
            rabbit.GoOn();
        }
        var canceled = new GenerationCancelled(Commands.Embed("canceled").Job);
        await host.Services.GetRequiredService<IBus>().PublishAsync(canceled, Cancellation);
        Assert.False(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }
}
