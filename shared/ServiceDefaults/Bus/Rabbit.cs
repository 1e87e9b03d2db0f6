using MassTransit;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>How queues look on RabbitMQ: quorum queues with a delivery limit and a dead-letter queue of their own.</summary>
static class Rabbit
{
    /// <summary>Where the broker puts what killed its workers; what a consumer gave up lies in the queue's <c>_error</c>.</summary>
    public static string DeadLetterQueue(string queue) => queue + "_dead";

    public static void ConfigureEndpoint(IReceiveEndpointConfigurator endpoint, string queue, BusOptions options)
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit || queue.StartsWith(Temporary.Prefix, StringComparison.Ordinal))
            return;
        rabbit.SetQuorumQueue(options.Replicas);
        rabbit.SetQueueArgument("x-delivery-limit", options.DeliveryLimit);
        rabbit.BindDeadLetterQueue(DeadLetterQueue(queue), configure: dead => dead.SetQuorumQueue(options.Replicas));
    }
}
