using MassTransit;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Webhooks;

namespace RdmCloud.Gateway.Databases;

public sealed class ImportEndedConsumer(DatabaseEvents events) : IConsumer<ImportEnded>
{
    public Task Consume(ConsumeContext<ImportEnded> context)
    {
        var (tenant, import, version) = context.Message;
        var type = import.Status == ImportStatus.Completed ? EventTypes.DatabaseImported : EventTypes.DatabaseImportFailed;
        return events.PublishAsync(tenant, type, new { import, version }, context.CancellationToken, $"evt_{import.Id}");
    }
}
