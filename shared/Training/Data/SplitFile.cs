using System.Text.Encodings.Web;
using System.Text.Json;

namespace RdmCloud.Training.Data;

/// <summary>
/// The file that names what is held out of which training, <c>split.json</c>, for people and for other programs.
/// </summary>
/// <param name="ValidationSubjects">Keys of subjects held out for validation.</param>
/// <param name="TestSubjects">Keys of subjects held out for the final test.</param>
/// <param name="HeldOutHands">Hands held out of the RDM's training.</param>
/// <param name="HeldOutFinishes">Finishes held out of the RDM's training.</param>
/// <param name="HeldOutKeywords">Keywords held out of the encoder's training.</param>
/// <param name="HeldOutPairs">Pictures held out of the encoder's training, as <c>hand/key</c>.</param>
public sealed record SplitFile(
    IReadOnlyList<string> ValidationSubjects, IReadOnlyList<string> TestSubjects, IReadOnlyList<string> HeldOutHands,
    IReadOnlyList<string> HeldOutFinishes, IReadOnlyList<string> HeldOutKeywords, IReadOnlyList<string> HeldOutPairs)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "split.json";

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the split of these images into the data set's folder.</summary>
    public static Task WriteAsync(string folder, IReadOnlyList<DatasetImage> images, CancellationToken cancellationToken)
    {
        var split = new SplitFile(
            Sorted(images.Where(image => image.Split == "val").Select(image => image.Key)),
            Sorted(images.Where(image => image.Split == "test").Select(image => image.Key)),
            DatasetSplit.HeldOutHands,
            DatasetSplit.HeldOutFinishes,
            Sorted(images.SelectMany(image => image.HeldOutKeywords)),
            Sorted(images
                .Where(image => DatasetSplit.IsHeldOutPair(image.Hand, image.Key))
                .Select(image => $"{image.Hand}/{image.Key}")));
        return File.WriteAllTextAsync(
            Path.Combine(folder, FileName), JsonSerializer.Serialize(split, Options) + "\n", cancellationToken);
    }

    static string[] Sorted(IEnumerable<string> values) => [.. values.Distinct().Order(StringComparer.Ordinal)];
}
