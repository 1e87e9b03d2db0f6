using Microsoft.AspNetCore.Http.Features;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Generations;

namespace RdmCloud.Gateway.Uploads;

public static class UploadEndpoints
{
    const long MostBytes = 32 << 20;

    public static void MapUploads(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/uploads", UploadAsync)
        .RequireScope(Scopes.JobsWrite).WithTags("Uploads").WithSummary("Send a picture ahead, as the query of a job")
        .Accepts<byte[]>("image/png", "image/jpeg", "image/webp").Produces<UploadView>(StatusCodes.Status201Created);

    static async Task<IResult> UploadAsync(
        HttpContext http, Caller caller, UploadStore uploads, CancellationToken cancellationToken)
    {
        if (http.Request.ContentType is not ("image/png" or "image/jpeg" or "image/webp"))
            throw new ValidationException(
                "Content-Type", "It must be image/png, image/jpeg or image/webp, and the body the picture's file.");
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MostBytes;
        var upload = await uploads.AddAsync(caller.Tenant, http.Request.Body, http.Request.ContentType, cancellationToken);
        return Results.Created((string?)null, new UploadView(upload.Id, upload.ExpiresAt));
    }
}
