using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Storage.Results;

/// <summary>One message of a job at a time: two of them, of a job that was drawn twice, are then stored once.</summary>
sealed class StoreImagesDefinition(IOptions<StorageOptions> options)
    : StageDefinition<StoreImagesConsumer, StoreImages>(StageQueues.StoreImages, options.Value.Concurrency)
{
    readonly Partitioner partitioner = new(64, new Murmur3UnsafeHashGenerator());

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<StoreImagesConsumer> consumer, IRegistrationContext context)
    {
        consumer.Message<StoreImages>(message => message.UsePartitioner(partitioner, received => received.Message.Job.Job));
        base.ConfigureConsumer(endpoint, consumer, context);
    }
}
