using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using RdmCloud.Images;
using RdmCloud.Training.Clip;

namespace RdmCloud.Training.Evaluation;

/// <param name="Psnr">Of the autoencoder, in dB.</param>
/// <param name="TextToImage">Titles asked for in the database, all of them.</param>
/// <param name="TextToImageUnseen">The same, of pictures that no encoder of the data set was trained on.</param>
/// <param name="ImageToText">Pictures asked for among the database's titles.</param>
/// <param name="Centroid">The share of held-out pictures whose nearest style, by the mean of the others, is this one.</param>
public sealed record DatabaseFigures(
    string Style, double Psnr, Recall TextToImage, Recall TextToImageUnseen, Recall ImageToText, double Centroid);

/// <param name="Frechet">Between samples and held-out pictures of the same styles, on features of photographs.</param>
/// <param name="Kernel">The squared maximum mean discrepancy of the same.</param>
/// <param name="Alignment">The mean cosine of a sample and its prompt.</param>
/// <param name="SubjectRecall">The share of samples whose prompt is among the five nearest titles.</param>
/// <param name="NearestMean">The mean cosine of a sample and the picture of the databases that is most like it.</param>
/// <param name="NearestMost">The highest of these: near 1 a sample is a copy.</param>
public sealed record SampleFigures(
    int Samples, int Held, double Frechet, double Kernel,
    double Alignment, double SubjectRecall, double NearestMean, double NearestMost);

/// <summary>What <see cref="QualityCheck"/> measured.</summary>
/// <param name="Copies">Samples, each above the picture that is most like it.</param>
public sealed record QualityReport(
    SampleSettings Settings, IReadOnlyList<DatabaseFigures> Databases, SampleFigures Drawn,
    [property: JsonIgnore] RgbImage Copies) : IEvaluationReport
{
    [JsonIgnore]
    public IReadOnlyDictionary<string, RgbImage> Pictures => new Dictionary<string, RgbImage> { ["copies"] = Copies };

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(
            "| style | PSNR | title → picture R@1/R@4 | never trained on | picture → title R@1/R@4 | nearest centroid |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var row in Databases)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {row.Style} | {Figures.Decibels(row.Psnr)} | {row.TextToImage} | {row.TextToImageUnseen} | {row.ImageToText} "
                + $"| {Figures.Percent(row.Centroid)} |");
        text.AppendLine();
        text.Append(CultureInfo.InvariantCulture,
            $"{Drawn.Samples} samples of held-out subjects over all styles (k {Settings.K}, guidance {Settings.GuidanceScale}, "
            + $"{Settings.Steps} steps, seed {Settings.Seed}) "
            + $"against {Drawn.Held} held-out pictures, by features of photographs: "
            + $"Fréchet distance {Drawn.Frechet:0.000}, kernel distance {Drawn.Kernel:0.00000}; ");
        text.Append(CultureInfo.InvariantCulture,
            $"cosine with the prompt {Drawn.Alignment:0.000}, subject R@5 {Figures.Percent(Drawn.SubjectRecall)}; "
            + $"cosine with the picture most like it {Drawn.NearestMean:0.000} in the mean, {Drawn.NearestMost:0.000} at most.")
            .AppendLine();
        return text.ToString();
    }
}
