using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.ObjectStore.Support;

namespace RdmCloud.ObjectStore.S3;

/// <summary>Against a store that knows the beginnings of its uploads, which the tests' real ones do not tell.</summary>
public class AbandonedUploads_Tests
{
    readonly ConcurrentQueue<string> removed = new();

    [Fact]
    public async Task Start_RemovesUploadsThatBeganMoreThanADayAgo_AndNoOthers()
    {
        await using var server = await WebServer.StartAsync(app => app.Map("/{**path}", AnswerAsync));
        using var store = new S3Store(
            new() { Endpoint = server.Url, AccessKey = "access", SecretKey = "secret", Bucket = "bucket" },
            new FakeTimeProvider(new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero)), NullLogger<S3Store>.Instance);
        await store.EnsureReadyAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["/bucket/old/0 1", "/bucket/again/0 3"], removed);
    }

    Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Method == HttpMethods.Delete)
            removed.Enqueue($"{context.Request.Path} {context.Request.Query["uploadId"]}");
        return context.Response.WriteAsync(!context.Request.Query.ContainsKey("uploads") ? "" : $"""
            <ListMultipartUploadsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>
            {Upload("old/0", 1, "2026-03-03T11:59:59.000Z")}
            {Upload("new/0", 2, "2026-03-03T12:00:01.000Z")}
            {Upload("again/0", 3, "2026-03-01T00:00:00.000Z")}
            {Upload("again/0", 4, "2026-03-04T11:59:59.000Z")}
            </ListMultipartUploadsResult>
            """);
    }

    static string Upload(string key, int id, string initiated) =>
        $"<Upload><Key>{key}</Key><UploadId>{id}</UploadId><Initiated>{initiated}</Initiated></Upload>";
}
