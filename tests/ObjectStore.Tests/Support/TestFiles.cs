using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RdmCloud.ObjectStore.Folder;

namespace RdmCloud.ObjectStore.Support;

/// <summary>What the tests' web servers hand out.</summary>
static class TestFiles
{
    public static byte[] Chunks { get; } = Bytes.Random(6_000_000);

    /// <summary>Content of which nobody knows the length beforehand.</summary>
    public static void MapChunks(IEndpointRouteBuilder app) => app.MapGet("/", async (HttpResponse response) =>
    {
        foreach (var chunk in Chunks.Chunk(100_000))
        {
            await response.Body.WriteAsync(chunk);
            await response.Body.FlushAsync();
        }
    });

    /// <summary>A folder's objects, to those who have a link.</summary>
    public static void MapObjects(IEndpointRouteBuilder app, FolderStore store) => app.MapGet("/files/{**key}",
        async (string key, long expires, string signature, string? download, CancellationToken cancellationToken) =>
            !store.Verify(key, expires, signature, download)
                ? Results.StatusCode(StatusCodes.Status403Forbidden)
                : await store.OpenAsync(key, cancellationToken) is { } found
                    ? Results.Stream(found.Content, found.ContentType, download)
                    : Results.NotFound());
}
