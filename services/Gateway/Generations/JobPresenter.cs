using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ObjectStore;

namespace RdmCloud.Gateway.Generations;

/// <summary>Shows jobs to their clients.</summary>
public sealed class JobPresenter(IObjectStore objects)
{
    static readonly TimeSpan linkLifetime = TimeSpan.FromHours(24);

    public async Task<JobView> ShowAsync(Job job)
    {
        var result = job.Result is { } json && !job.ResultsDeleted ? LedgerJson.Read<ImagesStored>(json) : null;
        return new(
            job.Id, job.Status, job.Stage, job.CreatedAt, job.StartedAt, job.CompletedAt, job.Deadline, job.ExpiresAt,
            GenerationView.Of(LedgerJson.Read<Generation>(job.Generation)),
            LedgerJson.Read<Dictionary<string, string>>(job.Metadata),
            result is null ? [] : await Task.WhenAll(result.Pictures.Select(ShowAsync)),
            result is null ? null : await objects.LinkAsync(result.ManifestKey, linkLifetime),
            Neighbors(job), result?.ModelHash, result?.Timings, job.DeviceSeconds, job.Attempt, job.ReplayOf, job.Error,
            JobUrls.Of(job.Id));
    }

    public static IReadOnlyList<NeighborView> Neighbors(Job job) =>
        job.Neighbors is { } json ? [.. LedgerJson.Read<RetrievedNeighbor[]>(json).Select(NeighborView.Of)] : [];

    async Task<OutputView> ShowAsync(StoredPicture picture) => new(
        picture.Picture, picture.Seed, await objects.LinkAsync(picture.Key, linkLifetime),
        await objects.LinkAsync(picture.ThumbnailKey, linkLifetime),
        picture.ContentType, picture.Width, picture.Height, picture.Bytes, picture.Sha256);
}
