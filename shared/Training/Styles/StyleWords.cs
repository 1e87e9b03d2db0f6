using RdmCloud.Training.Data;

namespace RdmCloud.Training.Styles;

/// <summary>A style in words, as captions name it.</summary>
public static class StyleWords
{
    /// <param name="style">A database's name: a hand's, HAND-FINISH, or any other.</param>
    /// <param name="title">The database's title, where it has one.</param>
    public static string Of(string style, string? title) =>
        Finishes.All.FirstOrDefault(finish => style.EndsWith($"-{finish.Id}", StringComparison.Ordinal))?.Look
        ?? EmojiHands.All.FirstOrDefault(hand => hand.Id == style)?.Look
        ?? title ?? style;
}
