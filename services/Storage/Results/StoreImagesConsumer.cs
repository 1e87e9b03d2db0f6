using MassTransit;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Storage.Results;

sealed class StoreImagesConsumer(ResultStore results) : IConsumer<StoreImages>
{
    public async Task Consume(ConsumeContext<StoreImages> context)
    {
        var stored = await results.StoreAsync(context.Message, context.JobToken());
        await context.PublishAsync(stored, context.CancellationToken);
    }
}
