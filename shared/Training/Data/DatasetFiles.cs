using System.Text.Encodings.Web;
using System.Text.Json;
using RdmCloud.Images;

namespace RdmCloud.Training.Data;

/// <summary>What lies beside the pictures of a data set.</summary>
static class DatasetFiles
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Writes <c>split.json</c>, a <c>metadata.jsonl</c> in each hand's folder, from which it can be made an image database, and
    /// at last <c>manifest.jsonl</c>.
    /// </summary>
    public static async Task WriteAsync(string folder, IReadOnlyList<DatasetImage> images, CancellationToken cancellationToken)
    {
        await SplitFile.WriteAsync(folder, images, cancellationToken);
        foreach (var hand in images.GroupBy(image => image.Hand))
            await File.WriteAllTextAsync(
                Path.Combine(folder, hand.Key, PictureMetadata.FileName), string.Concat(hand.Select(Line)), cancellationToken);
        await DatasetManifest.WriteAsync(folder, images, cancellationToken);
    }

    static string Line(DatasetImage image) => JsonSerializer.Serialize(
        new
        {
            File = Path.GetFileName(image.File),
            Id = Path.ChangeExtension(image.File, null),
            Title = image.Name,
            image.Author,
            image.License,
            image.Source,
        },
        Options) + "\n";
}
