using System.Globalization;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Models;

static class ModelSummary
{
    public static void Write(ModelReport report) => Terminal.WriteProperties(
        ("model", report.Name),
        ("folder", report.Path),
        ("hash", report.Hash),
        ("license", report.License),
        ("verified", report.Verified is true ? "every part is what it was" : null),
        ("size", Terminal.Bytes(report.Bytes)),
        ("embeddings", $"{report.ContextDim} values, {report.Normalization}, {report.EmbeddingSpace ?? "no CLIP"}"),
        ("text tower", report.TextTower),
        ("autoencoder", report.Autoencoder),
        ("network", $"predicts {report.Parameterization}, {report.Timesteps} timesteps"),
        ("sizes", $"multiples of {report.SizeMultiple}"),
        ("defaults", string.Create(
            CultureInfo.InvariantCulture,
            $"-k {report.K} --steps {report.Steps} --guidance {report.Guidance} --sampler {report.Sampler} "
            + $"--size {report.Width}x{report.Height}")),
        ("styles", report.Styles is [] ? null : string.Join(", ", report.Styles)));
}
