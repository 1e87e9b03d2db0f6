using RdmCloud.Training.Data;
using RdmCloud.Training.Pictures;

namespace RdmCloud.Training.Clip;

/// <summary>
/// Draws batches of several pictures of each of many subjects. In some batches the captions name the style too, and only
/// pictures of the same subject in the same style are theirs: from these the towers learn that style matters.
/// </summary>
/// <param name="images">All pictures; those that are held out are never drawn.</param>
/// <param name="finishesOf">The finishes that a picture, by its number, may be drawn in.</param>
public sealed class ClipBatches(IReadOnlyList<DatasetImage> images, Func<int, IReadOnlyList<Finish>> finishesOf)
{
    const double StyleShare = 0.4, FinishedShare = 0.3, StyledFinishedShare = 0.5;
    const int PicturesOfSubject = 2, StyledPicturesOfSubject = 3;

    /// <summary>Kept out of training, to measure on.</summary>
    public static IReadOnlyList<string> UnseenHands { get; } = ["streamline-emojis", "icon-park"];

    /// <summary>Kept out of training, to measure on.</summary>
    public static IReadOnlyList<string> UnseenFinishes { get; } = ["ice", "poster"];

    /// <summary>All others.</summary>
    public static IReadOnlyList<Finish> TrainedFinishes { get; } =
        [.. Finishes.All.Where(finish => !UnseenFinishes.Contains(finish.Id))];

    readonly Dictionary<string, int[]> subjects = Enumerable.Range(0, images.Count)
        .Where(index => IsTrainedOn(images[index]))
        .GroupBy(index => images[index].Key)
        .ToDictionary(subject => subject.Key, subject => subject.ToArray());

    readonly Caption[] names = [.. images.Select(image => new Caption(image.Name, image.Key)).Distinct()];

    /// <summary>Whether a batch may hold the picture.</summary>
    public static bool IsTrainedOn(DatasetImage image) =>
        !UnseenHands.Contains(image.Hand) && !DatasetSplit.IsHeldOutPair(image.Hand, image.Key);

    /// <param name="size">The most pictures that the batch may have.</param>
    /// <param name="random">Decides on everything.</param>
    public ClipBatch Next(int size, Random random) =>
        random.NextDouble() < StyleShare ? Styled(size, random) : Plain(size, random);

    // Every subject's name is a candidate for every picture.
    ClipBatch Plain(int size, Random random)
    {
        var pictures = Pictures(size / PicturesOfSubject, PicturesOfSubject, FinishedShare, random);
        return new ClipBatch(pictures, [.. pictures.Select(picture => Captions.Plain(images[picture.Index], random)), .. names]);
    }

    // All styles of the batch's subjects are candidates for every picture.
    ClipBatch Styled(int size, Random random)
    {
        var pictures = Pictures(size / StyledPicturesOfSubject, StyledPicturesOfSubject, StyledFinishedShare, random);
        var candidates = pictures.Select(picture => images[picture.Index].Key).Distinct().SelectMany(key => subjects[key])
            .SelectMany(index => finishesOf(index).Append(null).Select(finish => Captions.Styled(images[index], finish)));
        var styled = pictures.Select(picture => Captions.Styled(images[picture.Index], picture.Finish));
        return new ClipBatch(pictures, [.. styled.Concat(candidates).Distinct()]);
    }

    PictureChoice[] Pictures(int subjectCount, int perSubject, double finishedShare, Random random)
    {
        var order = subjects.Keys.ToArray();
        random.Shuffle(order);
        return [.. order.Take(subjectCount).SelectMany(key =>
            Enumerable.Range(0, perSubject).Select(_ => Picture(subjects[key], finishedShare, random)))];
    }

    PictureChoice Picture(int[] subject, double finishedShare, Random random)
    {
        var index = subject[random.Next(subject.Length)];
        var finishes = finishesOf(index);
        return new PictureChoice(index, random.NextDouble() < finishedShare ? finishes[random.Next(finishes.Count)] : null);
    }
}
