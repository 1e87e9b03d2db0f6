using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RdmCloud.Cli.Hosting;
using RdmCloud.VectorStore;

namespace RdmCloud.Cli.Databases;

/// <summary>A line of <c>metadata.jsonl</c>: what is known of one picture. All but the file may be left out.</summary>
sealed record PictureMetadata
{
    public const string FileName = "metadata.jsonl";
    const int MostCharacters = 64 << 20;

    /// <summary>Relative to the metadata's own folder.</summary>
    public string? File { get; init; }

    [JsonPropertyName("file_name")]
    public string? OtherFile { get; init; }

    public string? Id { get; init; }

    public string? Title { get; init; }

    public string? Author { get; init; }

    public string? License { get; init; }

    public string? Source { get; init; }

    /// <summary>The metadata by the names of the pictures; none where there is no such file.</summary>
    /// <exception cref="DatabaseException">A line is damaged.</exception>
    public static IReadOnlyDictionary<string, PictureMetadata> Read(IPictureFiles files)
    {
        var pictures = new Dictionary<string, PictureMetadata>();
        if (files.Names.Where(name => name == FileName || name.EndsWith($"/{FileName}", StringComparison.Ordinal)).MinBy(name => name.Length) is not { } place)
            return pictures;
        var (number, folder) = (0, place[..^FileName.Length]);
        foreach (var line in Text(files, place).Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var picture = Parse(line, $"{files.Path}: {place}, line {number}");
            pictures[folder + (picture.File ?? picture.OtherFile)!.Replace('\\', '/')] = picture;
        }
        return pictures;
    }

    static PictureMetadata Parse(string line, string place)
    {
        try
        {
            var picture = JsonSerializer.Deserialize(line, CliJson.Default.PictureMetadata);
            return picture is { File: not null } or { OtherFile: not null } ? picture : throw new DatabaseException($"{place}, names no \"file\".");
        }
        catch (JsonException exception)
        {
            throw new DatabaseException($"{place}, is not a JSON object with texts: {exception.Message}", exception);
        }
    }

    static string Text(IPictureFiles files, string place)
    {
        using var reader = new StreamReader(files.Open(place), Encoding.UTF8);
        var (text, buffer) = (new StringBuilder(), new char[1 << 16]);
        for (int read; (read = reader.Read(buffer)) > 0; text.Append(buffer, 0, read))
            if (text.Length > MostCharacters)
                throw new DatabaseException($"{files.Path}: {place} is too large.");
        return text.ToString();
    }
}
