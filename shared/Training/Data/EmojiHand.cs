namespace RdmCloud.Training.Data;

/// <summary>One artist's hand: an emoji set as it lies in an installed npm package.</summary>
/// <param name="Id">Folder name and style id, e.g. <c>fluent-3d</c>.</param>
/// <param name="Package">npm package with its scope, e.g. <c>@iconify-json/noto</c>.</param>
/// <param name="Format">How the package stores its pictures.</param>
/// <param name="Look">The style in words, as captions use it, e.g. <c>glossy 3d</c>.</param>
/// <param name="License">SPDX id of the art, not of the package's code.</param>
/// <param name="Author">Who drew it.</param>
/// <param name="IsMonochrome">Black on white: a subject named for its color means nothing here.</param>
public sealed record EmojiHand(
    string Id, string Package, HandFormat Format, string Look, string License, string Author, bool IsMonochrome = false);
