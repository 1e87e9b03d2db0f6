using MassTransit;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Gateway.Databases;

/// <summary>Tells webhooks of what happens to databases.</summary>
public sealed class DatabaseEvents(IBus bus, TimeProvider time)
{
    public Task PublishAsync(string tenant, string type, object data, CancellationToken cancellationToken, string? id = null) =>
        bus.PublishAsync(
            new TenantEvent(id ?? Ids.New("evt", time), tenant, type, time.GetUtcNow(), LedgerJson.Write(data)),
            cancellationToken);
}
