using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using RdmCloud.Training.Styles;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Evaluation;

/// <summary>
/// The paper's section 2.2: is a style had by exchanging the database, or by naming it in the prompt? Both approaches draw the
/// same prompts from the same noise; the second from a database of all styles.
/// </summary>
/// <param name="model">The model that draws.</param>
/// <param name="judge">Says what the pictures show.</param>
/// <param name="styleJudge">Says which style they are in; its styles are in the order of the databases.</param>
public sealed class StyleComparison(
    RdmModel model, IReadOnlyList<StyleDatabase> databases, Judge judge, StyleJudge styleJudge, SampleSettings settings)
{
    const int SubjectRank = 5, SheetSamples = 6, MostReal = 200;

    readonly IReadOnlyList<string> prompts = Prompts.Choose(databases, settings.Samples, settings.Seed);

    /// <summary>Pictures that will be drawn.</summary>
    public int Pictures => 2 * databases.Count * settings.Samples;

    public StyleReport Run(SamplePainter painter)
    {
        using var scope = NewDisposeScope();
        var mixed = StyleDatabase.Mix(databases);
        var rows = new List<ContactSheetRow>();
        var figures = new List<StyleFigures>();
        foreach (var (number, database) in databases.Index())
        {
            using var part = NewDisposeScope();
            var (exchanged, exchange) = Draw(painter, database, number, prompts);
            var (named, postfix) = Draw(painter, mixed, number, [.. prompts.Select(prompt => $"{prompt}, {database.Words}")]);
            var heldOut = database.Rows.Where(StyleDatabase.IsHeldOut).Take(MostReal).Select(StyleDatabase.PictureOf).ToArray();
            var real = heldOut.Length == 0 ? double.NaN : styleJudge.Of(heldOut, number).Accuracy;
            figures.Add(new(database.Name, database.Words, real, exchange, postfix));
            rows.Add(Row($"{database.Name}, by database", exchanged));
            rows.Add(Row($"{database.Name}, in words", named));
        }
        return new(settings, figures, ContactSheet.Render([.. prompts.Take(SheetSamples)], rows));
    }

    static ContactSheetRow Row(string label, IReadOnlyList<RgbImage> pictures) =>
        new(label, [.. pictures.Take(SheetSamples).Select(picture => new ContactSheetCell(picture, []))]);

    (IReadOnlyList<RgbImage>, ApproachFigures) Draw(
        SamplePainter painter, StyleDatabase database, int style, IReadOnlyList<string> asked)
    {
        var texts = Judge.Texts(model, asked);
        var pictures = painter.Draw([.. asked.Select((_, i) => Context(texts[i], database))]);
        var verdict = styleJudge.Of(pictures, style);
        var subjects = judge.SubjectRecall(judge.Features.Look(pictures), prompts, SubjectRank);
        return (pictures, new(verdict.Accuracy, verdict.Logit, subjects));
    }

    IReadOnlyList<ReadOnlyMemory<float>> Context(Tensor query, StyleDatabase database) =>
        [query.data<float>().ToArray(), .. database.Nearest(query, settings.K).Select(row => row.Embedding)];
}
