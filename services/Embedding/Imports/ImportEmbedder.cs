using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Embedding.Clips;
using RdmCloud.Images;
using RdmCloud.ObjectStore;

namespace RdmCloud.Embedding.Imports;

/// <summary>
/// Reads and embeds the images of a batch; those that cannot be used are listed with the reason. The same images give the same
/// bytes, so the cache, whose embeddings come from batches of one, is left aside.
/// </summary>
sealed class ImportEmbedder(KnownClips clips, ClipThread thread, Archives archives, IObjectStore objects)
{
    /// <exception cref="RefusedException">None of the import can be embedded.</exception>
    public async Task<EmbeddedImages> EmbedAsync(EmbedImages command, CancellationToken cancellationToken)
    {
        var batch = new PictureBatch(clips.ForPictures(command.Model), thread);
        foreach (var image in command.Images)
            try
            {
                var file = image.Entry is { } entry
                    ? await archives.ReadAsync(image.Key, entry, cancellationToken)
                    : await ReadAsync(image.Key, cancellationToken);
                await batch.AddAsync(image, ImageFile.Read(new MemoryStream(file), Transparency.OnWhite), cancellationToken);
            }
            catch (ImageException exception)
            {
                batch.Refuse(image, exception.Message);
            }
        return await batch.EndAsync(cancellationToken);
    }

    async Task<byte[]> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var stored = await objects.OpenAsync(key, cancellationToken)
            ?? throw new ImageException("it is not there any more");
        return await BoundedRead.ToEndAsync(stored.Content, PictureArchive.MostBytes, cancellationToken);
    }
}
