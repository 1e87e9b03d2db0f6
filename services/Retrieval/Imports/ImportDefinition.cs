using MassTransit;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;

namespace RdmCloud.Retrieval.Imports;

/// <summary>How the steps of imports are bound to their queues: one at a time, for a database has one writer.</summary>
abstract class ImportDefinition<TConsumer, TStep> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer<TStep>
    where TStep : class, IImportStep
{
    protected ImportDefinition(string queue) => EndpointName = queue;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<TConsumer> consumer, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false; // commands are sent to the queue, not published
        endpoint.PrefetchCount = 1;
        endpoint.ConcurrentMessageLimit = 1;
        consumer.Message<TStep>(message =>
        {
            message.UseFilter(new ImportFilter<TStep>(context));
            message.UseMessageRetry(retry =>
            {
                retry.Ignore<RefusedException>();
                retry.Ignore<ConsumerCanceledException>();
                retry.Intervals(100, 1000, 5000); // another process may be at work on the database
            });
        });
    }
}

sealed class ImportImagesDefinition() : ImportDefinition<ImportImagesConsumer, ImportImages>(ImportQueues.ImportImages);

sealed class AddImagesDefinition() : ImportDefinition<AddImagesConsumer, ImagesEmbedded>(ImportQueues.AddImages);
