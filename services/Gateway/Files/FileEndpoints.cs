using RdmCloud.ObjectStore;
using RdmCloud.ObjectStore.Folder;

namespace RdmCloud.Gateway.Files;

/// <summary>Hands out what lies in a folder, to those who have a link. An S3 server does so itself.</summary>
public static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IObjectStore>() is FolderStore folder)
            routes.MapGet("/files/{**key}", (
                string key, long expires, string signature, string? download, HttpContext http,
                CancellationToken cancellationToken) =>
                SendAsync(folder, key, expires, signature, download, http, cancellationToken)).ExcludeFromDescription();
    }

    static async Task<IResult> SendAsync(
        FolderStore folder, string key, long expires, string signature, string? download, HttpContext http,
        CancellationToken cancellationToken)
    {
        if (!folder.Verify(key, expires, signature, download))
            return Results.Problem(
                statusCode: StatusCodes.Status403Forbidden,
                title: "The link has expired or is not whole. Get the job again for a fresh one.");
        http.Response.Headers.XContentTypeOptions = "nosniff"; // a stored file is never run as a page
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return await folder.OpenAsync(key, cancellationToken) is { } found
            ? Results.Stream(found.Content, found.ContentType, download)
            : Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "The file is deleted.");
    }
}
