using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RdmCloud.Images;

/// <summary>A line of <c>metadata.jsonl</c>: what is known of one picture. All but the file may be left out.</summary>
public sealed partial record PictureMetadata
{
    public const string FileName = "metadata.jsonl";

    const int MostBytes = 64 << 20;

    /// <summary>Relative to the metadata's own folder.</summary>
    public string? File { get; init; }

    [JsonPropertyName("file_name")]
    public string? OtherFile { get; init; }

    public string? Id { get; init; }

    public string? Title { get; init; }

    public string? Author { get; init; }

    public string? License { get; init; }

    public string? Source { get; init; }

    /// <summary>The metadata by the names of the pictures; none where there is no such file among the names.</summary>
    /// <param name="open">Opens one of the names.</param>
    /// <exception cref="ImageException">A line is damaged, or there are too many.</exception>
    public static IReadOnlyDictionary<string, PictureMetadata> Read(IEnumerable<string> names, Func<string, Stream> open)
    {
        var pictures = new Dictionary<string, PictureMetadata>();
        if (names.Where(IsMetadata).MinBy(name => name.Length) is not { } place)
            return pictures;
        using var content = open(place);
        var (number, folder) = (0, place[..^FileName.Length]);
        foreach (var line in Encoding.UTF8.GetString(BoundedRead.ToEnd(content, MostBytes)).TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var picture = Parse(line, $"{place}, line {number}");
            pictures[folder + (picture.File ?? picture.OtherFile)!.Replace('\\', '/')] = picture;
        }
        return pictures;
    }

    public static bool IsMetadata(string name) => name == FileName || name.EndsWith($"/{FileName}", StringComparison.Ordinal);

    static PictureMetadata Parse(string line, string place)
    {
        try
        {
            var picture = JsonSerializer.Deserialize(line, LineJson.Default.PictureMetadata);
            return picture is { File: not null } or { OtherFile: not null }
                ? picture
                : throw new ImageException($"{place}, names no \"file\".");
        }
        catch (JsonException exception)
        {
            throw new ImageException($"{place}, is not a JSON object with texts: {exception.Message}");
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(PictureMetadata))]
    sealed partial class LineJson : JsonSerializerContext;
}
