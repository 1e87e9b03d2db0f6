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
sealed class ResultStore(IObjectStore objects, RetentionIndex retention, IOptions<StorageOptions> options, TimeProvider time)
{
    public async Task<ImagesStored> StoreAsync(StoreImages command, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var manifest = await ReadManifestAsync(command.Job, cancellationToken);
        if (manifest is null)
        {
            // First, so that whatever follows will be deleted one day.
            await retention.AddAsync(command.Job.Tenant, command.Job.Job, command.Generation.ExpiresAt, cancellationToken);
            var pictures = new List<StoredPicture>();
            foreach (var picture in command.Pictures)
                pictures.Add(await StoreAsync(command.Job, picture, cancellationToken));
            manifest = await WriteManifestAsync(command, pictures, time.GetElapsedTime(started), cancellationToken);
        }
        foreach (var picture in command.Pictures)
            await objects.DeleteAsync(picture.Key, cancellationToken);
        return new(command.Job, manifest.Pictures, ResultKeys.Manifest(command.Job), manifest.ModelHash, manifest.Timings);
    }

    async Task<StoredPicture> StoreAsync(JobReference job, TransitPicture picture, CancellationToken cancellationToken)
    {
        var (key, thumbnailKey) = (ResultKeys.Picture(job, picture), ResultKeys.Thumbnail(job, picture));
        if (await ReadAsync(key, cancellationToken) is not { } file)
        {
            file = await ReadAsync(picture.Key, cancellationToken)
                ?? throw new InvalidOperationException($"The picture '{picture.Key}' is neither in transit nor stored.");
            await PutAsync(key, file, picture.ContentType, cancellationToken);
        }
        await PutAsync(thumbnailKey, Thumbnail(file), "image/png", cancellationToken);
        return new(picture.Picture, picture.Seed, key, thumbnailKey, picture.ContentType, picture.Width, picture.Height,
            file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    byte[] Thumbnail(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return PngWriter.Encode(Resampling.Shrink(ImageFile.Read(stream), options.Value.ThumbnailSide));
    }

    async Task<Manifest> WriteManifestAsync(
        StoreImages command, IReadOnlyList<StoredPicture> pictures, TimeSpan taken, CancellationToken cancellationToken)
    {
        var generation = command.Generation;
        var manifest = new Manifest(Manifest.CurrentFormat, command.Job.Job, command.Job.Tenant, generation.Model, command.ModelHash,
            ManifestParameters.Of(generation), generation.Databases, [.. command.Neighbors.Select(ManifestNeighbor.Of)], pictures,
            command.Worker, command.Timings with { Storage = taken.TotalMilliseconds }, time.GetUtcNow(), generation.ExpiresAt);
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, RemoteAnswers.Json);
        await PutAsync(ResultKeys.Manifest(command.Job), json, "application/json", cancellationToken);
        return manifest;
    }

    async Task<Manifest?> ReadManifestAsync(JobReference job, CancellationToken cancellationToken) =>
        await ReadAsync(ResultKeys.Manifest(job), cancellationToken) is { } json
            ? JsonSerializer.Deserialize<Manifest>(json, RemoteAnswers.Json)
            : null;

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
