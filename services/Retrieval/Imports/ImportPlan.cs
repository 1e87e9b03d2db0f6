using RdmCloud.Contracts.Databases;
using RdmCloud.Images;

namespace RdmCloud.Retrieval.Imports;

/// <summary>Which files of a source become which images.</summary>
sealed record ImportPlan(IReadOnlyList<ImageToEmbed> Images, IReadOnlyList<RefusedImage> Refused)
{
    const int LongestId = 512;

    /// <param name="license">Of the images that name none themselves.</param>
    public static ImportPlan Of(
        IReadOnlyList<SourceFile> files, IReadOnlyDictionary<string, PictureMetadata> metadata, string? license)
    {
        var (images, refused, ids) = (new List<ImageToEmbed>(), new List<RefusedImage>(), new HashSet<string>());
        foreach (var missing in metadata.Keys.Except(files.Select(file => file.Name)))
            refused.Add(new(missing, $"{PictureMetadata.FileName} names it, but it is not there"));
        foreach (var file in files.Where(file => ImageFile.IsPicture(file.Name)))
        {
            var known = metadata.GetValueOrDefault(file.Name);
            var id = known?.Id is { Length: > 0 } given ? given : file.Name;
            if (id.Length > LongestId || id.Any(char.IsControl))
                refused.Add(new(Printable(file.Name), $"its id has over {LongestId} characters, or some that cannot be printed"));
            else if (!ids.Add(id))
                refused.Add(new(file.Name, $"another picture of this import has the id '{id}'"));
            else
                images.Add(new(
                    file.Name, file.Key, file.Entry,
                    new(id, known?.Title, known?.Author, known?.License ?? license, known?.Source)));
        }
        return new(images, refused);
    }

    static string Printable(string name) =>
        new([.. name.Take(LongestId).Select(letter => char.IsControl(letter) ? '?' : letter)]);
}
