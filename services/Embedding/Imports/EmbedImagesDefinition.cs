using MassTransit;
using RdmCloud.Contracts.Databases;

namespace RdmCloud.Embedding.Imports;

/// <summary>One batch at a time: one thread embeds, and decoded pictures are large.</summary>
sealed class EmbedImagesDefinition : ConsumerDefinition<EmbedImagesConsumer>
{
    public const int Retries = 2;

    public EmbedImagesDefinition() => EndpointName = ImportQueues.EmbedImages;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<EmbedImagesConsumer> consumer, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false; // commands are sent to the queue, not published
        endpoint.PrefetchCount = 1;
        endpoint.ConcurrentMessageLimit = 1;
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<OperationCanceledException>();
            retry.Immediate(Retries);
        });
    }
}
