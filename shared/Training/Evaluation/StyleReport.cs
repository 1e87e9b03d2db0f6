using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using RdmCloud.Images;

namespace RdmCloud.Training.Evaluation;

/// <param name="Style">The classifier's accuracy, 0 to 1.</param>
/// <param name="Logit">The mean logit of the style that was wanted.</param>
/// <param name="SubjectRecall">The share of pictures whose prompt is among the five nearest titles.</param>
public sealed record ApproachFigures(double Style, double Logit, double SubjectRecall);

/// <param name="Real">The classifier's accuracy on real pictures of held-out subjects.</param>
/// <param name="Exchange">By the style's own database.</param>
/// <param name="Postfix">By the style's words in the prompt, with a database of all styles.</param>
public sealed record StyleFigures(string Style, string Words, double Real, ApproachFigures Exchange, ApproachFigures Postfix);

/// <summary>What <see cref="StyleComparison"/> measured.</summary>
/// <param name="Sheet">Some of the pictures, a row for each style.</param>
public sealed record StyleReport(
    SampleSettings Settings, IReadOnlyList<StyleFigures> Styles, [property: JsonIgnore] RgbImage Sheet)
    : IEvaluationReport
{
    [JsonIgnore]
    public IReadOnlyDictionary<string, RgbImage> Pictures =>
        new Dictionary<string, RgbImage> { ["chart"] = Chart(), ["sheet"] = Sheet };

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{Settings.Samples} pictures of each style and approach, the same prompts and noise; k {Settings.K}, "
            + $"guidance {Settings.GuidanceScale}, {Settings.Steps} steps, seed {Settings.Seed}.").AppendLine();
        text.AppendLine(
            "| style | database | in words | relative | logit: database / in words "
            + "| real pictures | subject R@5: database / in words |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var style in Styles)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {style.Style} | {Percent(style.Exchange.Style)} | {Percent(style.Postfix.Style)} | {Relative(style)} "
                + $"| {style.Exchange.Logit:0.0} / {style.Postfix.Logit:0.0} | {Percent(style.Real)} "
                + $"| {Percent(style.Exchange.SubjectRecall)} / {Percent(style.Postfix.SubjectRecall)} |");
        text.AppendLine($"| mean | {Mean(style => style.Exchange.Style)} | {Mean(style => style.Postfix.Style)} | | "
            + $"| {Mean(style => style.Real)} "
            + $"| {Mean(style => style.Exchange.SubjectRecall)} / {Mean(style => style.Postfix.SubjectRecall)} |");
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture,
            $"The database is ahead for {Styles.Count(style => style.Exchange.Style > style.Postfix.Style)} "
            + $"of {Styles.Count} styles, "
            + $"behind for {Styles.Count(style => style.Exchange.Style < style.Postfix.Style)}.");
        return text.ToString();
    }

    RgbImage Chart() => BarChart.Render(
        [.. Styles.Select(style => style.Style)],
        [
            ("database exchanged", [.. Styles.Select(style => style.Exchange.Style)]),
            ("style named in the prompt", [.. Styles.Select(style => style.Postfix.Style)]),
            ("real pictures", [.. Styles.Select(style => style.Real)]),
        ]);

    string Mean(Func<StyleFigures, double> figure) => Percent(Styles.Average(figure));

    static string Relative(StyleFigures style) => style.Postfix.Style == 0 ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * (style.Exchange.Style / style.Postfix.Style - 1):+0;-0;0} %");

    static string Percent(double share) => Figures.Percent(share);
}
