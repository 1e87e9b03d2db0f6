using RdmCloud.Contracts.Models;
using RdmCloud.Gateway.Access;

namespace RdmCloud.Gateway.Models;

public static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/models").WithTags("Models");
        group.MapGet("/", ListAsync).RequireScope(Scopes.JobsRead).WithSummary("List the models that can be drawn with")
            .Produces<ModelsView>();
        group.MapGet("/{name}", GetAsync).RequireScope(Scopes.JobsRead).WithSummary("Get a model")
            .Produces<ModelDescription>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> ListAsync(ModelCatalog models, CancellationToken cancellationToken) =>
        Results.Ok(new ModelsView(await models.ListAsync(cancellationToken)));

    static async Task<IResult> GetAsync(string name, ModelCatalog models, CancellationToken cancellationToken) =>
        await models.FindAsync(name, cancellationToken) is { } model
            ? Results.Ok(model)
            : Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"There is no model '{name}'.");
}
