using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Images;
using RdmCloud.ObjectStore;
using RdmCloud.ServiceDefaults.Remote;
using RdmCloud.Storage.Retention;

namespace RdmCloud.Storage.Results;

/// <summary>
/// Moves pictures to where they stay. What is there is never replaced: a job that was drawn twice may differ by rounding, and its
/// first pictures may have been fetched already.
/// </summary>
sealed class ResultStore(
    IObjectStore objects, RetentionIndex retention, ResultMeter meter, IOptions<StorageOptions> options, TimeProvider time)
{
    public async Task<ImagesStored> StoreAsync(StoreImages command, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (await FindManifestAsync(command.Job, cancellationToken) is not var (manifestKey, manifest))
        {
            // First, so that whatever follows will be deleted one day.
            await retention.AddAsync(command.Job.Tenant, command.Job.Job, command.Generation.ExpiresAt, cancellationToken);
            var pictures = new List<StoredPicture>();
            foreach (var picture in command.Pictures)
                pictures.Add(await StoreAsync(command.Job, picture, cancellationToken));
            (manifestKey, manifest) =
                await WriteManifestAsync(command, pictures, time.GetElapsedTime(started), cancellationToken);
            meter.Stored(pictures);
        }
        foreach (var picture in command.Pictures)
            await objects.DeleteAsync(picture.Key, cancellationToken);
        return new(command.Job, manifest.Pictures, manifestKey, manifest.ModelHash, manifest.Timings);
    }

    async Task<StoredPicture> StoreAsync(JobReference job, TransitPicture picture, CancellationToken cancellationToken)
    {
        var file = await ReadAsync(picture.Key, cancellationToken)
            ?? throw new InvalidOperationException($"The picture '{picture.Key}' is neither in transit nor stored.");
        var hash = Hash(file);
        var (key, thumbnailKey) = (ResultKeys.Picture(job, picture, hash), ResultKeys.Thumbnail(job, picture, hash));
        await PutAsync(key, file, picture.ContentType, cancellationToken);
        await PutAsync(thumbnailKey, Thumbnail(file), "image/png", cancellationToken);
        return new(picture.Picture, picture.Seed, key, thumbnailKey, picture.ContentType, picture.Width, picture.Height,
            file.Length, hash);
    }

    byte[] Thumbnail(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return PngWriter.Encode(Resampling.Shrink(ImageFile.Read(stream), options.Value.ThumbnailSide));
    }

    async Task<(string Key, Manifest Manifest)> WriteManifestAsync(
        StoreImages command, IReadOnlyList<StoredPicture> pictures, TimeSpan taken, CancellationToken cancellationToken)
    {
        var generation = command.Generation;
        var manifest = new Manifest(
            Manifest.CurrentFormat, command.Job.Job, command.Job.Tenant, generation.Model, command.ModelHash,
            ManifestParameters.Of(generation), generation.Databases, [.. command.Neighbors.Select(ManifestNeighbor.Of)], pictures,
            command.Worker, command.Timings with { Storage = taken.TotalMilliseconds }, time.GetUtcNow(), generation.ExpiresAt);
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, RemoteAnswers.Json);
        var key = ResultKeys.Manifest(command.Job, Hash(json));
        await PutAsync(key, json, "application/json", cancellationToken);
        return (key, manifest);
    }

    /// <summary>The receipt of an earlier delivery, with which the job is stored already.</summary>
    async Task<(string Key, Manifest Manifest)?> FindManifestAsync(JobReference job, CancellationToken cancellationToken)
    {
        await foreach (var found in objects.ListAsync(ResultFolder.Manifests(job), cancellationToken))
            if (await ReadAsync(found.Key, cancellationToken) is { } json)
                return (found.Key, JsonSerializer.Deserialize<Manifest>(json, RemoteAnswers.Json)!);
        return null;
    }

    static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    async Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var found = await objects.OpenAsync(key, cancellationToken);
        if (found is null)
            return null;
        using var bytes = new MemoryStream();
        await found.Content.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    async Task PutAsync(string key, byte[] content, string contentType, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content);
        await objects.PutAsync(key, stream, contentType, cancellationToken);
    }
}
