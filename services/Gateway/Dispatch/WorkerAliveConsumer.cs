using MassTransit;
using RdmCloud.Contracts.Models;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Models;

namespace RdmCloud.Gateway.Dispatch;

public sealed class WorkerAliveConsumer(Workers workers, ModelCatalog models, LedgerSignals signals) : IConsumer<WorkerAlive>
{
    public async Task Consume(ConsumeContext<WorkerAlive> context)
    {
        await models.LearnAsync(context.Message.Model, context.CancellationToken);
        workers.Hear(context.Message);
        signals.Dispatch.Raise();
    }
}
