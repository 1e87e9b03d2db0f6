namespace RdmCloud.Training.Data;

/// <summary>A hand as one WebP file per emoji, named by its code points.</summary>
sealed class WebPPictures(string folder) : IHandPictures
{
    readonly ILookup<string, string> _files = Directory.EnumerateFiles(folder, "*.webp")
        .Order(StringComparer.Ordinal)
        .ToLookup(file => EmojiKey.OfHex(Path.GetFileNameWithoutExtension(file)));

    public byte[]? Draw(EmojiSubject subject, int size) =>
        _files[subject.Key].FirstOrDefault() is { } file ? Rasterizer.File(file, size) : null;
}
