using RdmCloud.Training.Data;

namespace RdmCloud.Training.Clip;

/// <summary>Writes the captions of pictures: from names and keywords, with or without words for the style.</summary>
public static class Captions
{
    const double KeywordShare = 0.3, BothShare = 0.2, SentenceShare = 0.1;

    static readonly Dictionary<string, string> HandLooks = EmojiHands.All.ToDictionary(hand => hand.Id, hand => hand.Look);

    /// <summary>A text that says nothing of the style.</summary>
    public static Caption Plain(DatasetImage image, Random random)
    {
        var kind = random.NextDouble();
        if (image.Keywords.Count > 0 && kind < KeywordShare + BothShare)
        {
            var keyword = image.Keywords[random.Next(image.Keywords.Count)];
            return kind < KeywordShare ? new Caption(keyword, image.Key, keyword) : new Caption(Both(image, keyword), image.Key);
        }
        return new Caption(kind > 1 - SentenceShare ? Sentence(image) : image.Name, image.Key);
    }

    /// <summary>The name with the look of the finish, or of the hand where the picture has no finish.</summary>
    public static Caption Styled(DatasetImage image, Finish? finish) => finish is null
        ? new Caption($"{image.Name}, {Look(image.Hand)}", image.Key, Hand: image.Hand)
        : new Caption($"{image.Name}, {finish.Look}", image.Key, Finish: finish.Id);

    /// <summary>Every text that the captions of these pictures may have.</summary>
    public static IEnumerable<string> AllTexts(IEnumerable<DatasetImage> images, IReadOnlyList<Finish> finishes) => images
        .SelectMany(image => image.Keywords
            .Concat(image.Keywords.Select(keyword => Both(image, keyword)))
            .Concat([image.Name, Sentence(image), Styled(image, null).Text])
            .Concat(finishes.Select(finish => Styled(image, finish).Text)))
        .Distinct();

    static string Both(DatasetImage image, string keyword) => $"{image.Name}, {keyword}";

    static string Sentence(DatasetImage image) => $"a picture of a {image.Name}";

    // A folder that is no hand of ours is known by its name.
    static string Look(string hand) => HandLooks.GetValueOrDefault(hand, hand);
}
