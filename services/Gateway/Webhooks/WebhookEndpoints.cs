using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Generations;

namespace RdmCloud.Gateway.Webhooks;

public static class WebhookEndpoints
{
    public static void MapWebhookEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/webhooks").WithTags("Webhooks");
        group.MapPost("/", CreateAsync).RequireScope(Scopes.WebhooksAdmin).WithSummary("Register an endpoint")
            .Produces<NewWebhookEndpoint>(StatusCodes.Status201Created)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/", ListAsync).RequireScope(Scopes.WebhooksAdmin).WithSummary("List your endpoints")
            .Produces<EndpointsView>();
        group.MapGet("/signing-secret", (Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
                SecretAsync(webhooks.SecretAsync(caller.Tenant, null, cancellationToken)))
            .RequireScope(Scopes.WebhooksAdmin).WithSummary("Get the secret that signs what goes to addresses given with jobs")
            .Produces<WebhookSecret>();
        group.MapPost("/signing-secret/rotate", (Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
                SecretAsync(webhooks.RotateAsync(caller.Tenant, null, cancellationToken)))
            .RequireScope(Scopes.WebhooksAdmin).WithSummary("Renew that secret; for a day both sign").Produces<WebhookSecret>();
        group.MapGet("/{id}", async (string id, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
                Found(await webhooks.FindAsync(caller.Tenant, id, cancellationToken)))
            .RequireScope(Scopes.WebhooksAdmin).WithSummary("Get an endpoint").Produces<WebhookEndpoint>();
        group.MapDelete("/{id}", async (string id, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
                await webhooks.DeleteAsync(caller.Tenant, id, cancellationToken) ? Results.NoContent() : Missing())
            .RequireScope(Scopes.WebhooksAdmin).WithSummary("Delete an endpoint").Produces(StatusCodes.Status204NoContent);
        group.MapPost("/{id}/enable", async (string id, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
                Found(await webhooks.EnableAsync(caller.Tenant, id, cancellationToken)))
            .RequireScope(Scopes.WebhooksAdmin).WithSummary("Send to a disabled endpoint again").Produces<WebhookEndpoint>();
        group.MapGet("/{id}/secret", (string id, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
                SecretAsync(webhooks.SecretAsync(caller.Tenant, id, cancellationToken)))
            .RequireScope(Scopes.WebhooksAdmin).WithSummary("Get an endpoint's secret").Produces<WebhookSecret>();
        group.MapPost("/{id}/secret/rotate", (
                string id, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
                SecretAsync(webhooks.RotateAsync(caller.Tenant, id, cancellationToken)))
            .RequireScope(Scopes.WebhooksAdmin).WithSummary("Renew an endpoint's secret; for a day both sign")
            .Produces<WebhookSecret>();
        group.MapPost("/{id}/test", async (string id, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
                Found(await webhooks.TestAsync(caller.Tenant, id, cancellationToken)))
            .RequireScope(Scopes.WebhooksAdmin).WithSummary("Send a test event").Produces<WebhookDelivery>();
        routes.MapDeliveries();
    }

    static async Task<IResult> CreateAsync(
        NewEndpointRequest request, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken)
    {
        var created = await webhooks.CreateAsync(
            caller.Tenant, request.Url, request.Events, request.Description, cancellationToken);
        return Results.Created($"/v1/webhooks/{created.Endpoint.Id}", created);
    }

    static async Task<IResult> ListAsync(Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
        Results.Ok(new EndpointsView(await webhooks.ListAsync(caller.Tenant, cancellationToken)));

    static async Task<IResult> SecretAsync(Task<WebhookSecret?> secret) => Found(await secret);

    internal static IResult Found<T>(T? found) => found is null ? Missing() : Results.Ok(found);

    internal static IResult Missing() =>
        Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no such thing of yours.");
}
