using System.Globalization;
using System.Text;
using RdmCloud.Training.Data;
using RdmCloud.Training.Pictures;
using TorchSharp.Modules;

namespace RdmCloud.Training.Clip;

/// <summary>The figures of a trained encoder, in words.</summary>
public static class ClipReport
{
    const string UnseenHand = "streamline-emojis";

    /// <summary>One line, for a log.</summary>
    public static string Summary(ClipEvaluation evaluation, PictureSet pictures, Sequential projection)
    {
        var hand = ExampleHand(pictures);
        var unseen = Hands(pictures).Contains(UnseenHand)
            ? $"  {UnseenHand} {evaluation.Names(projection, UnseenHand, _ => true)}"
            : "";
        return $"R@1/R@4 {hand} {evaluation.Names(projection, hand, _ => true)}"
            + $"  never trained on {evaluation.Names(projection, hand, IsUnseen)}{unseen}"
            + $"  keywords held out {evaluation.Keywords(projection, hand, image => image.HeldOutKeywords)}";
    }

    /// <summary>All figures, as Markdown.</summary>
    public static string Markdown(ClipEvaluation evaluation, PictureSet pictures, Sequential projection)
    {
        var text = new StringBuilder();
        text.AppendLine("name → image inside one hand's pictures, R@1/R@4 (queries)").AppendLine();
        text.AppendLine("| hand | all pictures | pictures never trained on | keywords trained on | keywords held out |")
            .AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var hand in Hands(pictures))
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {hand} | {evaluation.Names(projection, hand, _ => true)} | {evaluation.Names(projection, hand, IsUnseen)} "
                + $"| {evaluation.Keywords(projection, hand, image => image.Keywords)} "
                + $"| {evaluation.Keywords(projection, hand, image => image.HeldOutKeywords)} |");
        text.AppendLine();
        var hands = Hands(pictures).Except(ClipBatches.UnseenHands)
            .Select(hand => Choices(pictures, image => image.Hand == hand, null)).ToArray();
        var finishes = ClipBatches.TrainedFinishes
            .Select(finish => Choices(pictures, image => image.Hand == ExampleHand(pictures), finish)).ToArray();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"nearest style centroid right for pictures never trained on: {hands.Length} hands "
            + $"{evaluation.StyleCentroids(hands):P1}, {finishes.Length} finishes of {ExampleHand(pictures)} "
            + $"{evaluation.StyleCentroids(finishes):P1}, all {hands.Length + finishes.Length} styles "
            + $"{evaluation.StyleCentroids([.. hands, .. finishes]):P1}");
        return text.ToString();
    }

    static bool IsUnseen(DatasetImage image) => !ClipBatches.IsTrainedOn(image);

    // The one that shows best what the encoder can do, or any.
    static string ExampleHand(PictureSet pictures) =>
        Hands(pictures).FirstOrDefault(hand => hand == "fluent-3d") ?? Hands(pictures).First();

    static IEnumerable<string> Hands(PictureSet pictures) => pictures.Images.Select(image => image.Hand).Distinct();

    static PictureChoice[] Choices(PictureSet pictures, Func<DatasetImage, bool> condition, Finish? finish) =>
        [.. pictures.Where(condition).Select(index => new PictureChoice(index, finish))];
}
