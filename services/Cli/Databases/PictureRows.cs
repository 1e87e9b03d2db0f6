using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using RdmCloud.VectorStore;

namespace RdmCloud.Cli.Databases;

/// <summary>Pictures, embedded by the model's own CLIP, with thumbnails and what is known of them.</summary>
/// <param name="license">Of the pictures that name none themselves.</param>
/// <param name="bad">Told the name of each picture that cannot be used, and why.</param>
sealed class PictureRows(IPictureFiles files, RdmModel model, string? license, Action<string, string> bad) : IRowSource
{
    const int MostInBatch = 16, MostPixelsInBatch = 32_000_000, ThumbnailSide = 64;

    readonly IReadOnlyDictionary<string, PictureMetadata> metadata = Metadata(files);
    readonly string[] names = [.. files.Names.Where(ImageFile.IsPicture)];

    public long Count => names.Length;

    public IEnumerable<DatabaseRow> Read(CancellationToken cancellationToken)
    {
        foreach (var missing in metadata.Keys.Except(files.Names))
            bad(missing, $"{PictureMetadata.FileName} names it, but it is not there");
        var batch = new List<(string Name, RgbImage Image)>();
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryRead(name) is { } image)
                batch.Add((name, image));
            if (batch.Count < MostInBatch && batch.Sum(picture => picture.Image.Width * picture.Image.Height) < MostPixelsInBatch)
                continue;
            foreach (var row in Embed(batch))
                yield return row;
            batch.Clear();
        }
        foreach (var row in Embed(batch))
            yield return row;
    }

    public void Dispose() => files.Dispose();

    IEnumerable<DatabaseRow> Embed(List<(string Name, RgbImage Image)> batch) => batch.Count == 0 ? [] : batch
        .Zip(model.EmbedImages([.. batch.Select(picture => picture.Image)]), (picture, embedding) =>
            new DatabaseRow(
                embedding, ProvenanceOf(picture.Name), PngWriter.Encode(Resampling.Shrink(picture.Image, ThumbnailSide))));

    Provenance ProvenanceOf(string name)
    {
        var known = metadata.GetValueOrDefault(name);
        return new(
            known?.Id is { Length: > 0 } id ? id : name, known?.Source, known?.Title, known?.Author, known?.License ?? license);
    }

    static IReadOnlyDictionary<string, PictureMetadata> Metadata(IPictureFiles files)
    {
        try
        {
            return PictureMetadata.Read(files.Names, files.Open);
        }
        catch (ImageException exception)
        {
            throw new DatabaseException($"{files.Path}: {exception.Message}", exception);
        }
    }

    RgbImage? TryRead(string name)
    {
        try
        {
            using var stream = files.Open(name);
            return ImageFile.Read(stream, Transparency.OnWhite);
        }
        catch (Exception exception)
            when (exception is ImageException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            bad(name, exception.Message);
            return null;
        }
    }
}
