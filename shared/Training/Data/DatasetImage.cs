namespace RdmCloud.Training.Data;

/// <summary>One line of a data set's manifest: a picture, what it shows, and where it comes from.</summary>
/// <param name="File">Path of the PNG, relative to the manifest, with forward slashes.</param>
/// <param name="Hand">Id of the hand (<see cref="EmojiHand.Id"/>).</param>
/// <param name="Key">The subject; the same in every hand.</param>
/// <param name="Name">The subject's name: the picture's caption.</param>
/// <param name="Keywords">More words for the subject, for captions.</param>
/// <param name="HeldOutKeywords">Words for the subject that no caption of the encoder's training holds.</param>
/// <param name="Group">The subject's Unicode group.</param>
/// <param name="Split"><c>train</c>, <c>val</c> or <c>test</c> (<see cref="DatasetSplit.OfSubject"/>).</param>
/// <param name="Source">The package that the picture was made from, with its version.</param>
/// <param name="License">SPDX id of the art.</param>
/// <param name="Author">Who drew it.</param>
public sealed record DatasetImage(
    string File, string Hand, string Key, string Name, IReadOnlyList<string> Keywords, IReadOnlyList<string> HeldOutKeywords,
    string Group, string Split, string Source, string License, string Author);
