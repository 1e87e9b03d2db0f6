namespace RdmCloud.Training.Data;

/// <summary>A hand as a font that has a glyph for every emoji.</summary>
sealed class FontPictures(string fontFile) : IHandPictures
{
    public byte[]? Draw(EmojiSubject subject, int size) => Rasterizer.Glyph(subject.Emoji, fontFile, "Noto Emoji", size);
}
