using Microsoft.Extensions.Logging;
using Minio;
using Minio.DataModel.Args;
using Minio.DataModel.ILM;
using Minio.Exceptions;

namespace RdmCloud.ObjectStore.S3;

/// <summary>The bucket itself: that it exists, and that what is left in it by accident goes away.</summary>
sealed partial class S3Bucket(IMinioClient client, S3Options options, ILogger logger)
{
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
    }

    /// <summary>Removes the parts of an upload that failed, which no listing shows and which would stay forever.</summary>
    public async Task RemovePartsAsync(string key)
    {
        try
        {
            await client.RemoveIncompleteUploadAsync(
                new RemoveIncompleteUploadArgs().WithBucket(bucket).WithObject(key), CancellationToken.None);
        }
        catch (Exception exception) when (exception is ObjectStoreException or MinioException)
        {
            PartsStay(key, exception.Message);
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
    }

    [LoggerMessage(LogLevel.Warning, "Objects under {Prefix} may never expire in {Bucket}, where no rule was set: {Reason}. "
        + "Add a lifecycle rule that removes them after a day.")]
    partial void TransitStays(string bucket, string prefix, string reason);

    [LoggerMessage(LogLevel.Warning, "Parts of the failed upload of {Key} may be left in the object store: {Reason}")]
    partial void PartsStay(string key, string reason);
}
