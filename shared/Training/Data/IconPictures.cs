namespace RdmCloud.Training.Data;

/// <summary>A hand as an icon set, with the name of each subject's icon.</summary>
sealed class IconPictures(IconSet set, IReadOnlyDictionary<string, string> names) : IHandPictures
{
    readonly Dictionary<string, Icon> _icons = set.Icons.ToDictionary(icon => icon.Name, icon => icon.Icon);

    public byte[]? Draw(EmojiSubject subject, int size) =>
        names.TryGetValue(subject.Key, out var name) ? Rasterizer.Svg(_icons[name].ToSvg(size), size) : null;
}
