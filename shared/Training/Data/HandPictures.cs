namespace RdmCloud.Training.Data;

/// <summary>Opens the pictures of a hand in the format of its package.</summary>
static class HandPictures
{
    const string FontFile = "400Regular/NotoEmoji_400Regular.ttf";

    public static IHandPictures Open(PackageFolder packages, EmojiHand hand, IReadOnlyList<EmojiSubject> subjects)
    {
        switch (hand.Format)
        {
            case HandFormat.WebPFiles:
                return new WebPPictures(packages.PathOf(hand.Package, "assets"));
            case HandFormat.Font:
                return new FontPictures(packages.PathOf(hand.Package, FontFile));
            case HandFormat.GeneralIcons:
                var icons = IconSet.Read(packages, hand.Package);
                return new IconPictures(icons, IconMatching.General(icons, [.. subjects.Where(subject => subject.IsCore)]));
            default:
                var emoji = IconSet.Read(packages, hand.Package);
                return new IconPictures(emoji, IconMatching.Emoji(emoji, subjects));
        }
    }
}
