using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Images;
using RdmCloud.ObjectStore;

namespace RdmCloud.Sampling.Transit;

/// <summary>The pictures of a job on their way to storage, at keys that depend on the job alone.</summary>
sealed class TransitPictures(IObjectStore store)
{
    /// <summary>Where a job's pictures are, once they are drawn.</summary>
    public static IReadOnlyList<TransitPicture> Of(SampleImages command)
    {
        var generation = command.Generation;
        var (extension, contentType) = PictureFiles.Kind(generation.Format);
        return [.. Enumerable.Range(0, generation.Pictures).Select(picture => new TransitPicture(
            picture, generation.Seed + picture, $"{ObjectKey.Transit}{command.Job.Job}/picture-{picture}.{extension}",
            contentType, generation.Width, generation.Height))];
    }

    /// <summary>Whether a job is drawn: its pictures are all in transit, or stored already.</summary>
    public async Task<bool> AreDrawnAsync(
        JobReference job, IReadOnlyList<TransitPicture> pictures, CancellationToken cancellationToken)
    {
        foreach (var picture in pictures)
            if (await store.HeadAsync(picture.Key, cancellationToken) is null)
                return await store.ListAsync(ResultFolder.Manifests(job), cancellationToken).AnyAsync(cancellationToken);
        return true;
    }

    public async Task PutAsync(
        IReadOnlyList<TransitPicture> pictures, IReadOnlyList<RgbImage> images, PictureFormat format,
        CancellationToken cancellationToken)
    {
        foreach (var (picture, image) in pictures.Zip(images))
        {
            using var file = new MemoryStream(PictureFiles.Encode(image, format));
            await store.PutAsync(picture.Key, file, picture.ContentType, cancellationToken);
        }
    }

    /// <summary>Stores what a picture is about to become.</summary>
    /// <returns>Its key.</returns>
    public async Task<string> PutPreviewAsync(
        string job, int picture, int step, RgbImage image, CancellationToken cancellationToken)
    {
        var key = $"{ObjectKey.Transit}{job}/preview-{picture}-{step}.jpg";
        using var file = new MemoryStream(JpegWriter.Encode(image, quality: 75));
        await store.PutAsync(key, file, "image/jpeg", cancellationToken);
        return key;
    }
}
