using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Webhooks.Deliveries;
using RdmCloud.Webhooks.Tables;

namespace RdmCloud.Webhooks.Events;

/// <summary>Writes down what is to be sent, each event once, to whoever wants it.</summary>
sealed class EventRecorder(IDbContextFactory<WebhooksContext> contexts, DeliverySignal signal, TimeProvider time)
{
    public async Task RecordAsync(TenantEvent happened, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await RecordAsync(context, happened, cancellationToken);
    }

    /// <summary>In the transaction that the context has begun, if any.</summary>
    public async Task RecordAsync(WebhooksContext context, TenantEvent happened, CancellationToken cancellationToken)
    {
        var endpoints = await context.Endpoints.AsNoTracking()
            .Where(row => row.Tenant == happened.Tenant && row.DisabledReason == null).ToListAsync(cancellationToken);
        var deliveries = endpoints.Where(endpoint => endpoint.Wants(happened.Type))
            .Select(endpoint => Delivery(happened, endpoint.Id, endpoint.Url)).ToList();
        if (happened.Target is { } target && (target.Events.Count == 0 || target.Events.Contains(happened.Type)))
            deliveries.Add(Delivery(happened, endpoint: null, target.Url));
        if (deliveries.Count > 0)
            await SaveAsync(context, happened, deliveries, cancellationToken);
    }

    /// <summary>For one endpoint alone, whatever events it wants.</summary>
    public async Task<WebhookDelivery> RecordAsync(
        TenantEvent happened, WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var delivery = Delivery(happened, endpoint.Id, endpoint.Url);
        await SaveAsync(context, happened, [delivery], cancellationToken);
        return delivery.Describe();
    }

    async Task SaveAsync(
        WebhooksContext context, TenantEvent happened, IReadOnlyList<DeliveryEntry> deliveries,
        CancellationToken cancellationToken)
    {
        if (await context.Events.AnyAsync(row => row.Tenant == happened.Tenant && row.Id == happened.Id, cancellationToken))
            return; // it was told before
        context.Events.Add(new()
        {
            Tenant = happened.Tenant,
            Id = happened.Id,
            Type = happened.Type,
            Body = Body(happened),
            TraceParent = happened.TraceParent,
            RecordedAt = time.GetUtcNow(),
        });
        context.Deliveries.AddRange(deliveries);
        await context.SaveChangesAsync(cancellationToken); // if another process has it meanwhile, this fails, and is tried again
        signal.Set();
    }

    DeliveryEntry Delivery(TenantEvent happened, string? endpoint, string url) => new()
    {
        Id = Ids.New("whd", time),
        Tenant = happened.Tenant,
        Event = happened.Id,
        Type = happened.Type,
        Endpoint = endpoint,
        Url = url,
        Host = new Uri(url).Authority,
        Target = endpoint ?? url,
        CreatedAt = time.GetUtcNow(),
        NextAttemptAt = time.GetUtcNow(),
    };

    static string Body(TenantEvent happened) => new JsonObject
    {
        ["type"] = happened.Type,
        ["timestamp"] = happened.Timestamp.UtcDateTime,
        ["data"] = JsonNode.Parse(happened.Data),
    }.ToJsonString();
}
