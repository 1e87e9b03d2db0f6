using RdmCloud.Gateway.Access;

namespace RdmCloud.Gateway.Retrievals;

public static class RetrievalEndpoints
{
    public static void MapRetrievals(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/retrievals", SearchAsync)
        .RequireScope(Scopes.DatabasesRead).WithTags("Retrievals").WithSummary("Find the neighbors of a query without drawing")
        .Produces<RetrievalView>().ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);

    static async Task<IResult> SearchAsync(
        RetrievalRequest request, Caller caller, NeighborLookup lookup, CancellationToken cancellationToken) =>
        Results.Ok(await lookup.SearchAsync(request, caller, cancellationToken));
}
