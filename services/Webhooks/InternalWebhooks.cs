using RdmCloud.Contracts.Webhooks;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Webhooks;

/// <summary><see cref="IWebhooks"/> for other processes, as <see cref="HttpWebhooks"/> asks for it.</summary>
static class InternalWebhooks
{
    public static void MapInternalWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapInternal("webhooks");
        webhooks.MapPost("check", (CheckUrlRequest request, IWebhooks webhooks, CancellationToken cancellationToken) =>
            webhooks.CheckAsync(request.Url, cancellationToken));

        var tenant = webhooks.MapGroup("{tenant}");
        tenant.MapPost("endpoints", (
            string tenant, CreateEndpointRequest request, IWebhooks webhooks, CancellationToken cancellationToken) =>
            webhooks.CreateAsync(tenant, request.Url, request.Events, request.Description, cancellationToken));
        tenant.MapGet("endpoints", (string tenant, IWebhooks webhooks, CancellationToken cancellationToken) =>
            webhooks.ListAsync(tenant, cancellationToken));
        tenant.MapGet("secret", async (string tenant, IWebhooks webhooks, CancellationToken cancellationToken) =>
            Found(await webhooks.SecretAsync(tenant, null, cancellationToken)));
        tenant.MapPost("secret", async (string tenant, IWebhooks webhooks, CancellationToken cancellationToken) =>
            Found(await webhooks.RotateAsync(tenant, null, cancellationToken)));
        tenant.MapGet("deliveries", (
            string tenant, string? endpoint, DeliveryStatus? status, string? cursor, int limit,
            IWebhooks webhooks, CancellationToken cancellationToken) =>
            webhooks.DeliveriesAsync(tenant, endpoint, status, cursor, limit, cancellationToken));
        tenant.MapPost("deliveries/{delivery}/replay", async (
            string tenant, string delivery, IWebhooks webhooks, CancellationToken cancellationToken) =>
            Found(await webhooks.ReplayAsync(tenant, delivery, cancellationToken)));

        var endpoint = tenant.MapGroup("endpoints/{endpoint}");
        endpoint.MapGet("", async (string tenant, string endpoint, IWebhooks webhooks, CancellationToken cancellationToken) =>
            Found(await webhooks.FindAsync(tenant, endpoint, cancellationToken)));
        endpoint.MapDelete("", async (string tenant, string endpoint, IWebhooks webhooks, CancellationToken cancellationToken) =>
            await webhooks.DeleteAsync(tenant, endpoint, cancellationToken) ? Results.NoContent() : Results.NotFound());
        endpoint.MapPost("enable", async (
            string tenant, string endpoint, IWebhooks webhooks, CancellationToken cancellationToken) =>
            Found(await webhooks.EnableAsync(tenant, endpoint, cancellationToken)));
        endpoint.MapGet("secret", async (
            string tenant, string endpoint, IWebhooks webhooks, CancellationToken cancellationToken) =>
            Found(await webhooks.SecretAsync(tenant, endpoint, cancellationToken)));
        endpoint.MapPost("secret", async (
            string tenant, string endpoint, IWebhooks webhooks, CancellationToken cancellationToken) =>
            Found(await webhooks.RotateAsync(tenant, endpoint, cancellationToken)));
        endpoint.MapPost("test", async (
            string tenant, string endpoint, IWebhooks webhooks, CancellationToken cancellationToken) =>
            Found(await webhooks.TestAsync(tenant, endpoint, cancellationToken)));
        endpoint.MapPost("replay", async (
            string tenant, string endpoint, DateTimeOffset since, IWebhooks webhooks, CancellationToken cancellationToken) =>
            await webhooks.ReplaySinceAsync(tenant, endpoint, since, cancellationToken) is { } count
                ? Results.Ok(count)
                : Results.NotFound());
    }

    static IResult Found<T>(T? found) where T : class => found is null ? Results.NotFound() : Results.Ok(found);
}
