using System.Runtime.InteropServices;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Models;
using RdmCloud.Embedding.Clips;
using RdmCloud.Images;
using RdmCloud.ObjectStore;

namespace RdmCloud.Embedding.Queries;

/// <summary>Embeds queries: a text, a picture, or a vector that is only checked.</summary>
sealed class Embedder(KnownClips clips, ClipThread thread, EmbeddingCache cache, IObjectStore objects) : IEmbedder, IDisposable
{
    const int PicturesAtOnce = 2; // a decoded picture may take half a gigabyte

    readonly SemaphoreSlim room = new(PicturesAtOnce);

    public Task<EmbeddedQuery> EmbedAsync(string model, GenerationQuery query, CancellationToken cancellationToken) =>
        query switch
        {
            { Text: { } text, ImageKey: null, Vector: null } => EmbedTextAsync(clips.ForTexts(model), text, cancellationToken),
            { ImageKey: { } key, Text: null, Vector: null } =>
                EmbedPictureAsync(clips.ForPictures(model), key, cancellationToken),
            { Vector: { } vector, Text: null, ImageKey: null } => Task.FromResult(Checked(clips.Find(model), vector)),
            _ => throw new RefusedException("A query is one of a text, an image and a vector.", "prompt"),
        };

    public void Dispose() => room.Dispose();

    Task<EmbeddedQuery> EmbedTextAsync(IClip clip, string text, CancellationToken cancellationToken) =>
        cache.GetAsync(clip, QueryKind.Text, MemoryMarshal.AsBytes(text.AsSpan()).ToArray(), async () =>
        {
            var (embedding, truncated) = await thread.EmbedTextAsync(clip, text, cancellationToken);
            return new(PackedEmbedding.Pack(embedding), truncated);
        });

    async Task<EmbeddedQuery> EmbedPictureAsync(IClip clip, string key, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        try
        {
            await using var stored = await objects.OpenAsync(key, cancellationToken)
                ?? throw new RefusedException("The image is not there any more. Upload it again.", "image");
            var file = await BoundedRead.ToEndAsync(stored.Content, PictureArchive.MostBytes, cancellationToken);
            return await cache.GetAsync(clip, QueryKind.Picture, file, async () =>
            {
                var picture = ImageFile.Read(new MemoryStream(file), Transparency.OnWhite);
                var embeddings = await thread.EmbedPicturesAsync(clip, [picture], cancellationToken);
                return new(PackedEmbedding.Pack(embeddings[0]), Truncated: false);
            });
        }
        catch (ImageException exception)
        {
            throw new RefusedException($"The image cannot be used: {exception.Message}.", "image", exception);
        }
        finally
        {
            room.Release();
        }
    }

    static EmbeddedQuery Checked(IClip clip, byte[] vector)
    {
        if (vector.Length != clip.Dimension * sizeof(ushort))
            throw new RefusedException($"The vector has {vector.Length / sizeof(ushort)} values; "
                + $"an embedding of the model '{clip.Name}' has {clip.Dimension}.", "vector");
        return PackedEmbedding.Unpack(vector).All(float.IsFinite)
            ? new(vector, Truncated: false)
            : throw new RefusedException("The vector holds a value that is not finite as float16 (at most 65504).", "vector");
    }
}
