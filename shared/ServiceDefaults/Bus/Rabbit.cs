using MassTransit;
using MassTransit.RabbitMqTransport.Topology;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>
/// How queues look on RabbitMQ: quorum queues with a delivery limit, and beside them those for what is given up.
/// </summary>
static class Rabbit
{
    /// <summary>Ends the name of the queue for what a consumer gave up; MassTransit's name for it.</summary>
    public const string Errors = "_error";

    /// <summary>Ends the name of the queue for what the broker gave up, since it ended its workers.</summary>
    public const string Dead = "_dead";

    /// <summary>Ends the name of the queue for what no consumer knows; MassTransit's name for it.</summary>
    public const string Skipped = "_skipped";

    const string DeliveryLimit = "x-delivery-limit";

    public static void ConfigureBus(IRabbitMqBusFactoryConfigurator rabbit, Uri address)
    {
        rabbit.Host(address);
        rabbit.SendTopology.ConfigureErrorSettings = KeepCopied;
        rabbit.SendTopology.ConfigureDeadLetterSettings = KeepCopied;
    }

    public static void ConfigureEndpoint(IReceiveEndpointConfigurator endpoint, string queue, BusOptions options)
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit
            || queue.StartsWith(Temporary.Prefix, StringComparison.Ordinal))
            return;
        rabbit.SetQuorumQueue(options.Replicas);
        rabbit.SetQueueArgument(DeliveryLimit, options.DeliveryLimit);
        rabbit.BindDeadLetterQueue(queue + Dead, configure: dead =>
        {
            dead.SetQuorumQueue(options.Replicas);
            Keep(dead);
        });
    }

    // Such a queue copies the arguments of the one beside it, which are not for what lies there until somebody looks.
    static void KeepCopied(IRabbitMqQueueBindingConfigurator queue)
    {
        if (queue is not Queue { QueueArguments: var arguments } || !arguments.ContainsKey(DeliveryLimit))
            return;
        Keep(queue);
        queue.SetQueueArgument("x-dead-letter-exchange", null);
    }

    // To look at a message is a delivery, and a broker drops what was delivered too often: by default after 20 times.
    static void Keep(IRabbitMqQueueConfigurator queue) => queue.SetQueueArgument(DeliveryLimit, int.MaxValue);
}
