using Microsoft.AspNetCore.Mvc;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Generations;

namespace RdmCloud.Gateway.Databases;

public static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/databases/{id}/imports").WithTags("Databases");
        group.MapPost("/", StartAsync).RequireScope(Scopes.DatabasesWrite).DisableAntiforgery()
            .WithSummary("Import pictures: multipart files, a zip, npz parts, or a prefix of the object store")
            .Produces<Import>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).RequireScope(Scopes.DatabasesRead).WithSummary("List a database's imports")
            .Produces<Page<Import>>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{import}", GetAsync).RequireScope(Scopes.DatabasesRead).WithSummary("Get an import and how far it is")
            .Produces<Import>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> StartAsync(
        string id, Caller caller, HttpRequest request, ImportUploads uploads, IDatabases databases, DatabaseQuotas quotas,
        TimeProvider time, CancellationToken cancellationToken, [FromQuery] string? model = null,
        [FromQuery] string? license = null, [FromQuery] string? prefix = null)
    {
        if (await databases.FindAsync(caller.Tenant, id, cancellationToken) is not { } database
            || database.Tenant != caller.Tenant)
            return DatabaseEndpoints.NotFound(id);
        await quotas.EnsureRowsAsync(caller.Tenant, cancellationToken);
        var import = Ids.New("imp", time);
        var source = await uploads.TakeAsync(request, caller.Tenant, import, database, model, license, prefix, cancellationToken);
        var started = await databases.ImportAsync(caller.Tenant, id, import, source, cancellationToken);
        return started is null
            ? DatabaseEndpoints.NotFound(id)
            : Results.Accepted($"/v1/databases/{id}/imports/{import}", started);
    }

    static async Task<IResult> ListAsync(
        string id, Caller caller, IDatabases databases, CancellationToken cancellationToken, string? cursor = null,
        int limit = 50) =>
        await databases.ListImportsAsync(caller.Tenant, id, cursor, PageLimit.Check(limit), cancellationToken) is { } page
            ? Results.Ok(page)
            : DatabaseEndpoints.NotFound(id);

    static async Task<IResult> GetAsync(
        string id, string import, Caller caller, IDatabases databases, CancellationToken cancellationToken) =>
        await databases.FindImportAsync(caller.Tenant, id, import, cancellationToken) is { } found
            ? Results.Ok(found)
            : Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"Database '{id}' has no import '{import}'.");
}
