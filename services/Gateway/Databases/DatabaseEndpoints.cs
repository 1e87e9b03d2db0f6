using RdmCloud.Contracts.Databases;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Models;

namespace RdmCloud.Gateway.Databases;

public static class DatabaseEndpoints
{
    public static void MapDatabases(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/databases").WithTags("Databases");
        group.MapPost("/", CreateAsync).RequireScope(Scopes.DatabasesWrite).WithSummary("Create a database")
            .Produces<Database>(StatusCodes.Status201Created).ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/", ListAsync).RequireScope(Scopes.DatabasesRead).WithSummary("List your databases and the public ones")
            .Produces<Page<Database>>();
        group.MapGet("/{id}", GetAsync).RequireScope(Scopes.DatabasesRead).WithSummary("Get a database")
            .Produces<Database>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id}", DeleteAsync).RequireScope(Scopes.DatabasesWrite)
            .WithSummary("Delete a database and all its images")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/versions", VersionsAsync).RequireScope(Scopes.DatabasesRead).WithSummary("List a database's versions")
            .Produces<VersionsView>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> CreateAsync(
        CreateDatabaseRequest request, Caller caller, IDatabases databases, DatabaseQuotas quotas, ModelCatalog models,
        CancellationToken cancellationToken)
    {
        var model = await models.FindAsync(request.Model, cancellationToken)
            ?? throw new ValidationException("model", $"There is no model '{request.Model}'.");
        await quotas.EnsureDatabaseAsync(caller.Tenant, cancellationToken);
        var database = await databases.CreateAsync(caller.Tenant, new(request.Name, request.Title, request.Visibility,
            model.EmbeddingSpace, model.Dimension, request.License, request.Attribution), cancellationToken);
        return Results.Created($"/v1/databases/{database.Id}", database);
    }

    static async Task<IResult> ListAsync(
        Caller caller, IDatabases databases, CancellationToken cancellationToken, string? cursor = null, int limit = 50) =>
        Results.Ok(await databases.ListAsync(caller.Tenant, cursor, PageLimit.Check(limit), cancellationToken));

    static async Task<IResult> GetAsync(string id, Caller caller, IDatabases databases, CancellationToken cancellationToken) =>
        await databases.FindAsync(caller.Tenant, id, cancellationToken) is { } database ? Results.Ok(database) : NotFound(id);

    static async Task<IResult> DeleteAsync(string id, Caller caller, IDatabases databases, CancellationToken cancellationToken) =>
        await databases.DeleteAsync(caller.Tenant, id, cancellationToken) ? Results.NoContent() : NotFound(id);

    static async Task<IResult> VersionsAsync(
        string id, Caller caller, IDatabases databases, CancellationToken cancellationToken) =>
        await databases.VersionsAsync(caller.Tenant, id, cancellationToken) is { } versions
            ? Results.Ok(new VersionsView(versions))
            : NotFound(id);

    internal static IResult NotFound(string id) =>
        Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"There is no database '{id}' of yours.");
}
