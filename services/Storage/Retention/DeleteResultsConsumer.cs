using MassTransit;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.Storage.Retention;

sealed class DeleteResultsConsumer(ResultDeletion deletion) : IConsumer<DeleteResults>
{
    public Task Consume(ConsumeContext<DeleteResults> context) =>
        deletion.DeleteAsync(context.Message.Tenant, context.Message.Job, context.CancellationToken);
}
