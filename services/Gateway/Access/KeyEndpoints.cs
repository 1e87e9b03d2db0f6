using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Access;

public static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/keys").WithTags("Keys");
        group.MapPost("/", CreateAsync).RequireScope(Scopes.KeysAdmin).WithSummary("Make an API key; it is shown this once")
            .Produces<NewKeyView>(StatusCodes.Status201Created)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/", ListAsync).RequireScope(Scopes.KeysAdmin).WithSummary("List your API keys").Produces<KeysView>();
        group.MapDelete("/{id}", RevokeAsync).RequireScope(Scopes.KeysAdmin).WithSummary("Revoke an API key")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> CreateAsync(
        NewKeyRequest request, Caller caller, KeyStore keys, CancellationToken cancellationToken)
    {
        request.Check(allowed: caller.Scopes);
        var (key, row) = await keys.CreateAsync(caller.Tenant, request.Name, request.Scopes, request.Lifetime, cancellationToken);
        return Results.Created((string?)null, new NewKeyView(key, KeyView.Of(row)));
    }

    static async Task<IResult> ListAsync(Caller caller, KeyStore keys, CancellationToken cancellationToken) =>
        Results.Ok(new KeysView([.. (await keys.ListAsync(caller.Tenant, cancellationToken)).Select(KeyView.Of)]));

    static async Task<IResult> RevokeAsync(string id, Caller caller, KeyStore keys, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(caller.Tenant, id, cancellationToken)
            ? Results.NoContent()
            : Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"There is no key '{id}' of yours.");
}
