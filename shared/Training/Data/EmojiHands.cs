namespace RdmCloud.Training.Data;

/// <summary>
/// The hands of the data set, all under licenses that allow adapted copies with attribution (models/NOTICE.md).
/// </summary>
public static class EmojiHands
{
    const string Twitter = "Twitter, Inc and other contributors";
    const string Google = "Google LLC";
    const string EmojiTwo = "EmojiOne 2 / EmojiTwo contributors";
    const string Microsoft = "Microsoft Corporation";

    /// <summary>Every hand, in the order of the manifest.</summary>
    public static IReadOnlyList<EmojiHand> All { get; } =
    [
        new("twemoji", "@iconify-json/twemoji", HandFormat.EmojiIcons, "flat sticker", "CC-BY-4.0", Twitter),
        new("noto", "@iconify-json/noto", HandFormat.EmojiIcons, "shaded color", "Apache-2.0", Google),
        new("noto-v1", "@iconify-json/noto-v1", HandFormat.EmojiIcons, "dark flat", "Apache-2.0", Google),
        new("emojione", "@iconify-json/emojione", HandFormat.EmojiIcons, "soft flat", "CC-BY-4.0", EmojiTwo),
        new("fxemoji", "@iconify-json/fxemoji", HandFormat.EmojiIcons, "matte flat", "CC-BY-4.0", "Mozilla Foundation"),
        new("fluent-flat", "@iconify-json/fluent-emoji-flat", HandFormat.EmojiIcons, "modern flat", "MIT", Microsoft),
        new("fluent-3d", "@lobehub/fluent-emoji-3d", HandFormat.WebPFiles, "glossy 3d", "MIT", Microsoft),
        new("fluent-high-contrast", "@iconify-json/fluent-emoji-high-contrast", HandFormat.EmojiIcons,
            "black bold stencil", "MIT", Microsoft, IsMonochrome: true),
        new("emojione-mono", "@iconify-json/emojione-monotone", HandFormat.EmojiIcons,
            "black solid stencil", "CC-BY-4.0", EmojiTwo, IsMonochrome: true),
        new("noto-mono", "@expo-google-fonts/noto-emoji", HandFormat.Font,
            "black ink line", "OFL-1.1", Google, IsMonochrome: true),
        new("streamline-emojis", "@iconify-json/streamline-emojis", HandFormat.EmojiIcons,
            "outlined cartoon", "CC-BY-4.0", "Streamline (Webalys)"),
        new("icon-park", "@iconify-json/icon-park", HandFormat.GeneralIcons, "blue duotone icon", "Apache-2.0", "ByteDance"),
    ];
}
