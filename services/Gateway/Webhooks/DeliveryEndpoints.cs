using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Generations;

namespace RdmCloud.Gateway.Webhooks;

public static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/webhook-deliveries").WithTags("Webhooks");
        group.MapGet("/", ListAsync).RequireScope(Scopes.WebhooksAdmin).WithSummary("List what was sent, newest first")
            .Produces<Page<WebhookDelivery>>();
        group.MapPost("/{id}/replay", async (string id, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
                WebhookEndpoints.Found(await webhooks.ReplayAsync(caller.Tenant, id, cancellationToken)))
            .RequireScope(Scopes.WebhooksAdmin).WithSummary("Send one again").Produces<WebhookDelivery>();
        routes.MapPost("/v1/webhooks/{id}/replay", ReplaySinceAsync).RequireScope(Scopes.WebhooksAdmin).WithTags("Webhooks")
            .WithSummary("Send all that failed since a time again").Produces<ReplayedView>();
    }

    static async Task<IResult> ListAsync(
        Caller caller, IWebhooks webhooks, CancellationToken cancellationToken, string? endpoint = null,
        DeliveryStatus? status = null, string? cursor = null, int limit = 50) =>
        Results.Ok(await webhooks.DeliveriesAsync(
            caller.Tenant, endpoint, status, cursor, PageLimit.Check(limit), cancellationToken));

    static async Task<IResult> ReplaySinceAsync(
        string id, DateTimeOffset since, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
        await webhooks.ReplaySinceAsync(caller.Tenant, id, since, cancellationToken) is { } count
            ? Results.Ok(new ReplayedView(count))
            : WebhookEndpoints.Missing();
}
