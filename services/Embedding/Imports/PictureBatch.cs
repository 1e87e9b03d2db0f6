using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Embedding.Clips;
using RdmCloud.Images;

namespace RdmCloud.Embedding.Imports;

/// <summary>Pictures that are embedded in one call, as many as memory allows.</summary>
sealed class PictureBatch(IClip clip, ClipThread thread)
{
    const int MostPictures = 16, MostPixels = 32_000_000, ThumbnailSide = 64;

    readonly List<(ImageToEmbed Image, RgbImage Picture)> batch = [];
    readonly List<EmbeddedImage> embedded = [];
    readonly List<RefusedImage> refused = [];

    public async Task AddAsync(ImageToEmbed image, RgbImage picture, CancellationToken cancellationToken)
    {
        batch.Add((image, picture));
        if (batch.Count >= MostPictures || batch.Sum(entry => entry.Picture.Pixels.Length / 3) >= MostPixels)
            await FlushAsync(cancellationToken);
    }

    public void Refuse(ImageToEmbed image, string reason) => refused.Add(new(image.Name, reason));

    public async Task<EmbeddedImages> EndAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return new(embedded, refused);
    }

    async Task FlushAsync(CancellationToken cancellationToken)
    {
        (ImageToEmbed, RgbImage)[] full = [.. batch];
        batch.Clear();
        if (full.Length > 0)
            await EmbedAsync(full, cancellationToken);
    }

    async Task EmbedAsync((ImageToEmbed Image, RgbImage Picture)[] pictures, CancellationToken cancellationToken)
    {
        try
        {
            RgbImage[] images = [.. pictures.Select(entry => entry.Picture)];
            var embeddings = await thread.EmbedPicturesAsync(clip, images, cancellationToken);
            embedded.AddRange(pictures.Zip(embeddings, (entry, embedding) => new EmbeddedImage(entry.Image.Image,
                PackedEmbedding.Pack(embedding), PngWriter.Encode(Resampling.Shrink(entry.Picture, ThumbnailSide)))));
        }
        catch (ImageException) when (pictures.Length > 1)
        {
            foreach (var picture in pictures)
                await EmbedAsync([picture], cancellationToken);
        }
        catch (ImageException exception)
        {
            Refuse(pictures[0].Image, exception.Message);
        }
    }
}
