using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Webhooks.Endpoints;
using RdmCloud.Webhooks.Tables;

namespace RdmCloud.Webhooks.Deliveries;

/// <summary>What was sent, and sending it again.</summary>
sealed class DeliveryList(
    IDbContextFactory<WebhooksContext> contexts, EndpointStore endpoints, DeliverySignal signal, TimeProvider time)
{
    public async Task<Page<WebhookDelivery>> ListAsync(
        string tenant, string? endpoint, DeliveryStatus? status, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = context.Deliveries.AsNoTracking().Where(row => row.Tenant == tenant);
        if (endpoint is not null)
            found = found.Where(row => row.Endpoint == endpoint);
        if (status is { } wanted)
            found = found.Where(row => row.Status == wanted);
        if (cursor is not null)
            found = found.Where(row => string.Compare(row.Id, cursor) < 0);
        var rows = await found.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return new([.. rows.Take(limit).Select(row => row.Describe())], rows.Count > limit ? rows[limit - 1].Id : null);
    }

    /// <exception cref="RefusedException">Its endpoint is disabled.</exception>
    public async Task<WebhookDelivery?> ReplayAsync(string tenant, string delivery, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = context.Deliveries.Where(row => row.Id == delivery && row.Tenant == tenant
            // a deleted one gets nothing more
            && (row.Endpoint == null || context.Endpoints.Any(endpoint => endpoint.Id == row.Endpoint)));
        if (await found.Select(row => row.Endpoint).FirstOrDefaultAsync(cancellationToken) is { } wanted)
            await endpoints.FindEnabledAsync(tenant, wanted, cancellationToken);
        await AgainAsync(found, cancellationToken);
        return (await found.AsNoTracking().FirstOrDefaultAsync(cancellationToken))?.Describe();
    }

    public async Task<int> ReplaySinceAsync(
        string tenant, string endpoint, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var undelivered = context.Deliveries.Where(row =>
            row.Tenant == tenant && row.Endpoint == endpoint && row.CreatedAt >= since
            && (row.Status == DeliveryStatus.Failed || row.Status == DeliveryStatus.Cancelled));
        return await AgainAsync(undelivered, cancellationToken);
    }

    async Task<int> AgainAsync(IQueryable<DeliveryEntry> deliveries, CancellationToken cancellationToken)
    {
        var count = await deliveries.ExecuteUpdateAsync(row => row
            .SetProperty(entry => entry.Status, DeliveryStatus.Pending)
            .SetProperty(entry => entry.Attempts, 0)
            .SetProperty(entry => entry.NextAttemptAt, time.GetUtcNow()), cancellationToken);
        signal.Set();
        return count;
    }
}
