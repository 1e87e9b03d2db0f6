namespace RdmCloud.Training.Data;

/// <summary>A hand as a font that has a glyph for every emoji.</summary>
internal sealed class FontPictures(string fontFile) : IHandPictures
{
    // The text engine is not safe to call from several threads at once.
    private static readonly Lock TextEngine = new();

    public byte[]? Draw(EmojiSubject subject, int size)
    {
        lock (TextEngine)
            return Rasterizer.Glyph(subject.Emoji, fontFile, "Noto Emoji", size);
    }
}
