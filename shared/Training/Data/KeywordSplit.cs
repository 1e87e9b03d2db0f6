namespace RdmCloud.Training.Data;

/// <summary>
/// Divides the subjects' keywords into those for captions and those held out. A keyword is held out if one of its words
/// is, and a word that is part of any subject's name never is: what is held out is in no caption at all.
/// </summary>
public sealed class KeywordSplit(IEnumerable<EmojiSubject> subjects)
{
    readonly HashSet<string> _nameWords = [.. subjects.SelectMany(subject => Words(subject.Name))];

    /// <summary>Whether no caption may hold this keyword.</summary>
    public bool IsHeldOut(string keyword) =>
        Words(keyword).Any(word => !_nameWords.Contains(word) && DatasetSplit.IsHeldOutWord(word));

    static string[] Words(string text) => Slug.Of(text).Split('-');
}
