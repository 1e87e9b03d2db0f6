using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;

namespace RdmCloud.ObjectStore.S3;

/// <summary>Objects in a bucket of any S3-compatible store.</summary>
public sealed class S3Store : IObjectStore, IDisposable
{
    const long MinMultipartBytes = 5 << 20; // from here on the client uploads in parts
    const int InternalLinkSeconds = 900; // what S3 tolerates between two clocks

    readonly string bucket;
    readonly HttpClient http;
    readonly IMinioClient client, publicClient;
    readonly S3Bucket setup;

    public S3Store(S3Options options, TimeProvider time, ILogger<S3Store> logger)
    {
        bucket = options.Bucket;
        http = new(new S3Handler(time));
        client = Client(options, options.Endpoint);
        publicClient = Client(options, options.PublicEndpoint ?? options.Endpoint);
        setup = new(client, new(http, options, time), options, time, logger);
    }

    public Task EnsureReadyAsync(CancellationToken cancellationToken) => setup.EnsureReadyAsync(cancellationToken);

    public async Task PutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken)
    {
        ObjectKey.Check(key);
        await using var spool = content.CanSeek ? null : await Spool.FillAsync(content, cancellationToken);
        var body = spool ?? content;
        var length = body.Length - body.Position;
        try
        {
            await client.PutObjectAsync(new PutObjectArgs()
                .WithBucket(bucket).WithObject(key).WithContentType(contentType)
                .WithStreamData(body).WithObjectSize(length), cancellationToken);
        }
        catch when (length >= MinMultipartBytes)
        {
            await setup.RemovePartsAsync(key);
            throw;
        }
    }

    /// <summary>By a signed link to itself: the client can only push an object into a callback.</summary>
    public async Task<StoredObject?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        var link = await LinkAsync(client, ObjectKey.Check(key), InternalLinkSeconds, downloadName: null);
        var response = await http.GetAsync(link, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
            return new(
                await response.Content.ReadAsStreamAsync(cancellationToken),
                response.Content.Headers.ContentLength
                    ?? throw new ObjectStoreException($"The object store sent '{key}' without its length."),
                response.Content.Headers.ContentType?.ToString() ?? "application/octet-stream");
        response.Dispose();
        return null;
    }

    public async Task<ObjectProperties?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var request = new StatObjectArgs().WithBucket(bucket).WithObject(ObjectKey.Check(key));
            var found = await client.StatObjectAsync(request, cancellationToken);
            return new(found.Size, found.ContentType, found.LastModified.ToUniversalTime());
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        client.RemoveObjectAsync(new RemoveObjectArgs().WithBucket(bucket).WithObject(ObjectKey.Check(key)), cancellationToken);

    public async IAsyncEnumerable<ListedObject> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new ListObjectsArgs().WithBucket(bucket).WithPrefix(ObjectKey.CheckPrefix(prefix)).WithRecursive(true);
        await foreach (var item in client.ListObjectsEnumAsync(query, cancellationToken))
            yield return new(item.Key, (long)item.Size, DateTimeOffset.Parse(item.LastModified, CultureInfo.InvariantCulture));
    }

    public async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        var source = new CopySourceObjectArgs().WithBucket(bucket).WithObject(ObjectKey.Check(from));
        var request = new CopyObjectArgs().WithBucket(bucket).WithObject(ObjectKey.Check(to)).WithCopyObjectSource(source);
        try
        {
            await client.CopyObjectAsync(request, cancellationToken);
        }
        catch (ObjectNotFoundException exception)
        {
            throw new ObjectStoreException($"There is no object '{from}' to copy.", exception);
        }
    }

    public Task<Uri> LinkAsync(string key, TimeSpan validFor, string? downloadName = null) =>
        LinkAsync(publicClient, ObjectKey.Check(key), LinkLifetime.Seconds(validFor), downloadName);

    public void Dispose() => http.Dispose();

    async Task<Uri> LinkAsync(IMinioClient signer, string key, int seconds, string? downloadName)
    {
        var request = new PresignedGetObjectArgs().WithBucket(bucket).WithObject(key).WithExpiry(seconds);
        if (downloadName is not null)
        {
            var disposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = downloadName };
            request.WithHeaders(new Dictionary<string, string> { ["response-content-disposition"] = disposition.ToString() });
        }
        return new(await signer.PresignedGetObjectAsync(request));
    }

    /// <summary>A region that is given is a region that is not asked for before every request.</summary>
    IMinioClient Client(S3Options options, Uri endpoint) => new MinioClient()
        .WithEndpoint(endpoint.Authority).WithSSL(endpoint.Scheme == Uri.UriSchemeHttps)
        .WithCredentials(options.AccessKey, options.SecretKey).WithRegion(options.Region)
        .WithHttpClient(http)
        .Build();
}
