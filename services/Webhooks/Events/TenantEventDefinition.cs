using MassTransit;
using RdmCloud.Contracts.Webhooks;

namespace RdmCloud.Webhooks.Events;

sealed class TenantEventDefinition : ConsumerDefinition<TenantEventConsumer>
{
    const int Concurrency = 16;

    public TenantEventDefinition() => EndpointName = "webhook-events";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<TenantEventConsumer> consumer, IRegistrationContext context)
    {
        endpoint.PrefetchCount = Concurrency;
        endpoint.ConcurrentMessageLimit = Concurrency;
        endpoint.UseMessageRetry(retry => retry.Intervals(100, 1000, 5000));
        var partitioner = endpoint.CreatePartitioner(Concurrency); // what comes twice is then recorded once without a fight
        consumer.Message<TenantEvent>(message => message.UsePartitioner(partitioner, told => told.Message.Id));
    }
}
