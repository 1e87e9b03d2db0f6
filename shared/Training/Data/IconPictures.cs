namespace RdmCloud.Training.Data;

/// <summary>A hand as an icon set, with the icon of each subject.</summary>
internal sealed class IconPictures(IconSet set, IReadOnlyDictionary<string, string> icons) : IHandPictures
{
    public byte[]? Draw(EmojiSubject subject, int size) =>
        icons.TryGetValue(subject.Key, out var icon) ? Rasterizer.Svg(set.ToSvg(icon, size), size) : null;
}
