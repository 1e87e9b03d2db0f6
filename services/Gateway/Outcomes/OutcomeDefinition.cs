using MassTransit;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.Gateway.Outcomes;

/// <summary>One queue for all outcomes; those of one job are taken in one after the other.</summary>
public sealed class OutcomeDefinition : ConsumerDefinition<OutcomeConsumer>
{
    const int Concurrency = 16;

    public OutcomeDefinition() => EndpointName = "ledger";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<OutcomeConsumer> consumer, IRegistrationContext context)
    {
        endpoint.PrefetchCount = 2 * Concurrency;
        endpoint.ConcurrentMessageLimit = Concurrency;
        // A ledger that does not answer holds the outcomes back; they are not lost and need no dead letters.
        endpoint.UseMessageRetry(retry =>
            retry.Exponential(20, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(100)));
        var partitioner = endpoint.CreatePartitioner(Concurrency);
        consumer.Message<PromptEmbedded>(message => message.UsePartitioner(partitioner, outcome => outcome.Message.Job.Job));
        consumer.Message<NeighborsRetrieved>(message => message.UsePartitioner(partitioner, outcome => outcome.Message.Job.Job));
        consumer.Message<SamplingProgressed>(message => message.UsePartitioner(partitioner, outcome => outcome.Message.Job.Job));
        consumer.Message<PreviewDrawn>(message => message.UsePartitioner(partitioner, outcome => outcome.Message.Job.Job));
        consumer.Message<ImagesSampled>(message => message.UsePartitioner(partitioner, outcome => outcome.Message.Job.Job));
        consumer.Message<ImagesStored>(message => message.UsePartitioner(partitioner, outcome => outcome.Message.Job.Job));
        consumer.Message<StageFailed>(message => message.UsePartitioner(partitioner, outcome => outcome.Message.Job.Job));
        consumer.Message<ResultsExpired>(message => message.UsePartitioner(partitioner, outcome => outcome.Message.Job));
    }
}
