using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Generations;

namespace RdmCloud.Gateway.Databases;

public static class ImageEndpoints
{
    public static void MapImages(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/databases/{id}/images").WithTags("Databases");
        group.MapGet("/", ListAsync).RequireScope(Scopes.DatabasesRead).WithSummary("List a database's images")
            .Produces<Page<DatabaseImage>>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{image}", GetAsync).RequireScope(Scopes.DatabasesRead).WithSummary("Get an image's origin")
            .Produces<DatabaseImage>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{image}/thumbnail", ThumbnailAsync).RequireScope(Scopes.DatabasesRead)
            .WithSummary("Get an image's thumbnail")
            .Produces(StatusCodes.Status200OK, contentType: "image/png").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{image}", DeleteAsync).RequireScope(Scopes.DatabasesWrite)
            .WithSummary("Delete an image, and with it its influence")
            .Produces<DeletedImageView>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> ListAsync(
        string id, Caller caller, IDatabases databases, CancellationToken cancellationToken, string? cursor = null,
        int limit = 50, long? version = null) =>
        await databases.ListImagesAsync(caller.Tenant, id, version, cursor, PageLimit.Check(limit), cancellationToken) is { } page
            ? Results.Ok(page)
            : DatabaseEndpoints.NotFound(id);

    static async Task<IResult> GetAsync(
        string id, string image, Caller caller, IDatabases databases, CancellationToken cancellationToken) =>
        await databases.FindImageAsync(caller.Tenant, id, IdOf(image), cancellationToken) is { } found
            ? Results.Ok(found)
            : NotFound(id, image);

    static async Task<IResult> ThumbnailAsync(
        string id, string image, Caller caller, HttpContext http, IDatabases databases, CancellationToken cancellationToken)
    {
        if (await databases.FindThumbnailAsync(caller.Tenant, id, IdOf(image), cancellationToken) is not { } thumbnail)
            return NotFound(id, image);
        http.Response.Headers.CacheControl = "private, max-age=300";
        return Results.Bytes(thumbnail.Content, thumbnail.ContentType);
    }

    static async Task<IResult> DeleteAsync(
        string id, string image, Caller caller, IDatabases databases, DatabaseEvents events, CancellationToken cancellationToken,
        bool purge = false)
    {
        image = IdOf(image);
        if (await databases.DeleteImageAsync(caller.Tenant, id, image, purge, cancellationToken) is not { } version)
            return NotFound(id, image);
        await events.PublishAsync(
            caller.Tenant, EventTypes.DatabaseImageDeleted, new { database = id, image, version, purged = purge },
            cancellationToken);
        return Results.Ok(new DeletedImageView(id, image, version, purge));
    }

    /// <summary>A slash in a segment of the path is the one letter that routing leaves encoded.</summary>
    static string IdOf(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    static IResult NotFound(string id, string image) =>
        Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"Database '{id}' has no image '{image}' of yours.");
}
