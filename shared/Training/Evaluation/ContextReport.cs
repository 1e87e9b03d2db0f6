using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using RdmCloud.Images;

namespace RdmCloud.Training.Evaluation;

/// <summary>How the query itself stands in the context.</summary>
public enum QueryToken
{
    /// <summary>Its text embedding, as it is.</summary>
    Raw,

    /// <summary>Its text embedding, moved by the mean of pictures less the mean of texts.</summary>
    Moved,

    /// <summary>Not at all.</summary>
    None,
}

/// <param name="Style">The share of pictures that the classifier takes for their style.</param>
/// <param name="SubjectRecall">The share of pictures whose prompt is among the five nearest titles.</param>
/// <param name="Alignment">The mean cosine of a picture and its prompt.</param>
public sealed record ContextFigures(QueryToken Query, int K, double Style, double SubjectRecall, double Alignment);

/// <summary>What <see cref="ContextSweep"/> measured.</summary>
public sealed record ContextReport(SampleSettings Settings, IReadOnlyList<ContextFigures> Rows) : IEvaluationReport
{
    [JsonIgnore]
    public IReadOnlyDictionary<string, RgbImage> Pictures => new Dictionary<string, RgbImage>();

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{Settings.Samples} pictures a row over all styles, the same prompts and noise; "
            + $"guidance {Settings.GuidanceScale}, {Settings.Steps} steps, seed {Settings.Seed}.").AppendLine();
        text.AppendLine("| query's token | k | style right | subject R@5 | cosine with the prompt |")
            .AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var row in Rows)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {row.Query.ToString().ToLowerInvariant()} | {row.K} | {Figures.Percent(row.Style)} "
                + $"| {Figures.Percent(row.SubjectRecall)} | {row.Alignment:0.000} |");
        return text.ToString();
    }
}
