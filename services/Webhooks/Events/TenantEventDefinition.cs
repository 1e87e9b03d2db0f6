using MassTransit;

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
    }
}
