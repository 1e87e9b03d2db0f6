using MassTransit;
using RdmCloud.Contracts.Webhooks;

namespace RdmCloud.Webhooks.Events;

sealed class TenantEventConsumer(EventRecorder recorder) : IConsumer<TenantEvent>
{
    public Task Consume(ConsumeContext<TenantEvent> context) => recorder.RecordAsync(context.Message, context.CancellationToken);
}
