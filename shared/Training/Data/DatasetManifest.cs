using System.Text.Encodings.Web;
using System.Text.Json;

namespace RdmCloud.Training.Data;

/// <summary>The list of a data set's pictures, <c>manifest.jsonl</c>: one JSON object a line.</summary>
public static class DatasetManifest
{
    /// <summary>The manifest's file name.</summary>
    public const string FileName = "manifest.jsonl";

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>
    /// Writes the manifest into a data set's folder; a reader sees the old one or the new one, never half of it.
    /// </summary>
    public static async Task WriteAsync(string folder, IEnumerable<DatasetImage> images, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        await File.WriteAllTextAsync(
            path + ".new",
            string.Concat(images.Select(image => JsonSerializer.Serialize(image, Options) + "\n")),
            cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Reads the manifest of a data set's folder.</summary>
    /// <exception cref="DatasetException">There is none, or a line of it is damaged.</exception>
    public static async Task<IReadOnlyList<DatasetImage>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new DatasetException(
                $"{folder} holds no {FileName}. Prepare the data set there first: rdm data emoji PACKAGES -o {folder}");

        var lines = await File.ReadAllLinesAsync(path, cancellationToken);
        return [.. lines.Select((line, index) => Parse(line, path, index + 1))];
    }

    static DatasetImage Parse(string line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<DatasetImage>(line, Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new DatasetException($"{path}, line {number}, is damaged: {error.Message} Prepare the data set again.", error);
        }
    }
}
