using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.ServiceDefaults.Stages;

/// <summary>How a stage's consumer is bound to its queue.</summary>
/// <param name="concurrency">Messages that are worked on at once; no more are taken from the queue ahead.</param>
public abstract class StageDefinition<TConsumer, TCommand> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer<TCommand>
    where TCommand : class, IStageCommand
{
    readonly int concurrency;

    protected StageDefinition(string queue, int concurrency) => (EndpointName, this.concurrency) = (queue, concurrency);

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<TConsumer> consumer, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false; // commands are sent to the queue, not published
        endpoint.PrefetchCount = concurrency;
        endpoint.ConcurrentMessageLimit = concurrency;
        consumer.Message<TCommand>(message =>
        {
            message.UseFilter(new StageFilter<TCommand>(context.GetRequiredService<JobCancellations>(),
                context.GetRequiredService<IOptions<StageOptions>>().Value, context.GetRequiredService<ILogger<TConsumer>>()));
            message.UseMessageRetry(retry =>
            {
                retry.Ignore<Contracts.RefusedException>();
                retry.Ignore<ConsumerCanceledException>(); // what MassTransit makes of a canceled token
                retry.Immediate(2);
            });
        });
    }
}
