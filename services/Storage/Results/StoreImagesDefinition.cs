using MassTransit;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Storage.Results;

/// <summary>One message of a job at a time: two of them, of a job that was drawn twice, are then stored once.</summary>
sealed class StoreImagesDefinition(IOptions<StorageOptions> options)
    : StageDefinition<StoreImagesConsumer, StoreImages>(StageQueues.StoreImages, options.Value.Concurrency)
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<StoreImagesConsumer> consumer, IRegistrationContext context)
    {
        var partitioner = endpoint.CreatePartitioner(options.Value.Concurrency);
        consumer.Message<StoreImages>(message => message.UsePartitioner(partitioner, received => received.Message.Job.Job));
        base.ConfigureConsumer(endpoint, consumer, context);
    }
}
