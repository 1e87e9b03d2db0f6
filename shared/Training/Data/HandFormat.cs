namespace RdmCloud.Training.Data;

/// <summary>How a package stores the pictures of a hand.</summary>
public enum HandFormat
{
    /// <summary>Iconify JSON: SVG bodies in <c>icons.json</c>, code points in <c>chars.json</c> or names alone.</summary>
    EmojiIcons,

    /// <summary>Iconify JSON of general icons, which name things in words of their own.</summary>
    GeneralIcons,

    /// <summary>One WebP file per emoji in <c>assets</c>, named by its code points.</summary>
    WebPFiles,

    /// <summary>A TrueType font with a glyph per emoji.</summary>
    Font,
}
