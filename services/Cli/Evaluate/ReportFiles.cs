using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using RdmCloud.Training.Evaluation;

namespace RdmCloud.Cli.Evaluate;

/// <summary>Writes a report for programs and for people.</summary>
static class ReportFiles
{
    static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <param name="judge">Null where the model judges itself.</param>
    /// <param name="isJson">Print the JSON instead of the text.</param>
    public static async Task WriteAsync(
        string folder, IEvaluationReport report, ModelDirectory model, ModelDirectory? judge, bool isJson,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var judged = judge is null ? "itself" : judge.Manifest.Name;
        var told = new
        {
            Model = model.Manifest.Name,
            model.Hash,
            Judge = judged,
            JudgeHash = judge?.Hash,
            Report = (object)report,
        };
        var json = JsonSerializer.Serialize(told, options) + "\n";
        var text = $"# {model.Manifest.Name} ({model.Hash[..12]}), judged by {judged}\n\n{report.ToMarkdown()}";
        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), json, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.md"), text, cancellationToken);
        foreach (var (name, picture) in report.Pictures)
            PngWriter.Write(Path.Combine(folder, $"{name}.png"), picture);
        Console.Write(isJson ? json : text);
    }
}
