using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>Makes the stages' queues exactly as their own services would make them, and reads none.</summary>
sealed class StageQueueDeclaration(IOptions<BusOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        Rabbit.ConfigureBus(rabbit, options.Value.RabbitMq!);
        rabbit.DeployTopologyOnly = true;
        foreach (var queue in StageQueues.All)
            rabbit.ReceiveEndpoint(queue, endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;
                Rabbit.ConfigureEndpoint(endpoint, queue, options.Value);
            });
    }).DeployAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
