using Microsoft.Extensions.Logging;
using Minio;
using Minio.DataModel.Args;
using Minio.DataModel.ILM;
using Minio.Exceptions;

namespace RdmCloud.ObjectStore.S3;

/// <summary>The bucket itself: that it exists, and that what is left in it by accident goes away.</summary>
sealed partial class S3Bucket(
    IMinioClient client, UnfinishedUploads uploads, S3Options options, TimeProvider time, ILogger logger)
{
    static readonly TimeSpan longestUpload = TimeSpan.FromDays(1);

    static readonly LifecycleRule transitRule = new()
    {
        ID = "transit",
        Filter = new() { Prefix = ObjectKey.Transit },
        Expiration = new() { Days = 1 },
        Status = LifecycleRule.LifecycleRuleStatusEnabled,
    };

    readonly string bucket = options.Bucket;

    public async Task EnsureReadyAsync(CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(cancellationToken))
            await CreateAsync(cancellationToken);
        await ExpireTransitAsync(cancellationToken);
        var abandoned = time.GetUtcNow() - longestUpload;
        await RemovePartsAsync("", (_, begun) => begun < abandoned, cancellationToken); // of processes that died
    }

    /// <summary>Removes the parts of an upload that failed.</summary>
    public Task RemovePartsAsync(string key) => RemovePartsAsync(key, (found, _) => found == key, CancellationToken.None);

    async Task RemovePartsAsync(string prefix, Func<string, DateTimeOffset, bool> which, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (key, id, begun) in uploads.ListAsync(prefix, cancellationToken))
                if (which(key, begun))
                    await uploads.RemoveAsync(key, id, cancellationToken);
        }
        catch (Exception exception) when (exception is ObjectStoreException or ObjectKeyException)
        {
            PartsStay(prefix, bucket, exception.Message);
        }
    }

    async Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        await client.BucketExistsAsync(new BucketExistsArgs().WithBucket(bucket), cancellationToken);

    async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (!options.CreateBucket)
            throw new ObjectStoreException($"The object store at {options.Endpoint} has no bucket '{bucket}'. "
                + "Create it, or set ObjectStore:S3:CreateBucket to true.");
        try
        {
            await client.MakeBucketAsync(new MakeBucketArgs().WithBucket(bucket).WithLocation(options.Region), cancellationToken);
        }
        catch (ObjectStoreException)
        {
            if (!await ExistsAsync(cancellationToken)) // else another service was first
                throw;
        }
    }

    /// <summary>
    /// Rules can only be set all at once, and the client loses parts of those it does not know. So rules that someone else
    /// has set stay as they are.
    /// </summary>
    async Task ExpireTransitAsync(CancellationToken cancellationToken)
    {
        try
        {
            var rules = await RulesAsync(cancellationToken);
            if (rules.Count == 0)
                await client.SetBucketLifecycleAsync(
                    new SetBucketLifecycleArgs().WithBucket(bucket).WithLifecycleConfiguration(new([transitRule])),
                    cancellationToken);
            else if (!rules.Any(rule => rule.Filter?.Prefix == ObjectKey.Transit))
                TransitStays(bucket, ObjectKey.Transit, "the bucket has other rules");
        }
        catch (Exception exception) when (exception is ObjectStoreException or MinioException)
        {
            TransitStays(bucket, ObjectKey.Transit, exception.Message);
        }
    }

    async Task<IReadOnlyCollection<LifecycleRule>> RulesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetBucketLifecycleArgs().WithBucket(bucket);
            return (await client.GetBucketLifecycleAsync(request, cancellationToken))?.Rules ?? [];
        }
        catch (MinioException exception) when (exception.Response?.Code == "NoSuchLifecycleConfiguration")
        {
            return [];
        }
        catch (InvalidOperationException exception) // a store that knows no rules may answer with a list of objects
        {
            throw new ObjectStoreException("the store's answer holds no rules", exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Objects under {Prefix} may never expire in {Bucket}, where no rule was set: {Reason}. "
        + "Add a lifecycle rule that removes them after a day.")]
    partial void TransitStays(string bucket, string prefix, string reason);

    [LoggerMessage(LogLevel.Warning, "Parts of failed uploads to {Prefix} may be left in {Bucket}: {Reason}")]
    partial void PartsStay(string prefix, string bucket, string reason);
}
