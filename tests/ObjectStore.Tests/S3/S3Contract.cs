using Microsoft.Extensions.Logging.Abstractions;
using Minio;
using Minio.DataModel.Args;

namespace RdmCloud.ObjectStore.S3;

/// <summary>What the store promises over every S3.</summary>
public abstract class S3Contract(string accessKey, string secretKey) : ObjectStoreContract
{
    S3Store? s3;

    protected S3Options Options { get; } = new()
    {
        AccessKey = accessKey, SecretKey = secretKey, Bucket = $"bucket-{Guid.NewGuid():N}", CreateBucket = true,
    };

    /// <summary>Starts the server.</summary>
    protected abstract Task<Uri> StartAsync();

    protected override async Task<IObjectStore> CreateAsync()
    {
        Options.Endpoint = await StartAsync();
        return s3 = new(Options, TimeProvider.System, NullLogger<S3Store>.Instance);
    }

    public override async ValueTask DisposeAsync()
    {
        if (s3 is not null && IsForeign)
            await RemoveBucketAsync();
        s3?.Dispose();
    }

    /// <summary>Whether the server is somebody else's, at whom nothing is to be left.</summary>
    protected virtual bool IsForeign => false;

    protected override async Task<bool> LeavesRemainsAsync()
    {
        using var client = Client();
        // Swift has no uploads to show where it is asked for those of all folders.
        var query = new ListIncompleteUploadsArgs().WithBucket(Options.Bucket).WithRecursive(false);
        return await client.ListIncompleteUploadsEnumAsync(query, Cancellation).AnyAsync(Cancellation);
    }

    async Task RemoveBucketAsync()
    {
        await foreach (var item in Store.ListAsync("", CancellationToken.None))
            await Store.DeleteAsync(item.Key, CancellationToken.None);
        using var client = Client();
        await client.RemoveBucketAsync(new RemoveBucketArgs().WithBucket(Options.Bucket), CancellationToken.None);
    }

    protected IMinioClient Client() => new MinioClient().WithEndpoint(Options.Endpoint.Authority).WithSSL(false)
        .WithCredentials(Options.AccessKey, Options.SecretKey).WithRegion(Options.Region).Build();
}
