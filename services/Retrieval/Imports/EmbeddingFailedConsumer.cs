using MassTransit;
using RdmCloud.Contracts.Databases;

namespace RdmCloud.Retrieval.Imports;

sealed class EmbeddingFailedConsumer(ImportEnding ending) : IConsumer<EmbeddingFailed>
{
    public Task Consume(ConsumeContext<EmbeddingFailed> context) =>
        ending.FailAsync(context.Message, context.Message.Reason, context.CancellationToken);
}
