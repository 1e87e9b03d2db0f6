using RdmCloud.Training.Data;

namespace RdmCloud.Training.Clip;

/// <summary>A text for a picture, and for all others that it describes as well.</summary>
/// <param name="Text">What the text tower reads.</param>
/// <param name="Key">The subject.</param>
/// <param name="Keyword">Where it is set, the text is for every subject with this keyword.</param>
/// <param name="Hand">Where it is set, the text is for this hand alone.</param>
/// <param name="Finish">The finish that the text names; a text with a hand alone is for pictures without a finish.</param>
public sealed record Caption(string Text, string Key, string? Keyword = null, string? Hand = null, string? Finish = null)
{
    /// <summary>Whether the text is for this picture in this finish, or as it is.</summary>
    public bool Describes(DatasetImage image, Finish? finish) =>
        (Keyword is null ? image.Key == Key : image.Keywords.Contains(Keyword))
        && (Hand is null || image.Hand == Hand)
        && ((Hand is null && Finish is null) || finish?.Id == Finish);
}
