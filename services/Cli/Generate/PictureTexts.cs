using System.Globalization;
using System.Reflection;
using System.Text.Json;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Generate;

/// <summary>The texts in a PNG file: <c>rdm</c> for programs, <c>parameters</c> for people.</summary>
static class PictureTexts
{
    public static Dictionary<string, string> Of(PictureRecord record) => new()
    {
        ["Software"] = Software,
        ["parameters"] = ForPeople(record),
        ["rdm"] = JsonSerializer.Serialize(record, CliJson.Compact.PictureRecord),
    };

    /// <summary>A sheet keeps what made each of its pictures, row by row.</summary>
    public static Dictionary<string, string> OfSheet(IReadOnlyList<PictureRecord> records) => new()
    {
        ["Software"] = Software,
        ["rdm"] = JsonSerializer.Serialize(records, CliJson.Compact.IReadOnlyListPictureRecord),
    };

    static string Software =>
        $"rdm {typeof(PictureTexts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    static string ForPeople(PictureRecord record)
    {
        IEnumerable<string?> lines =
        [
            record.Prompt ?? record.Image ?? record.QueryEntry,
            record.Negative is { } negative ? $"Negative prompt: {negative}" : null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Seed: {record.Seed}, Steps: {record.Steps}, Sampler: {record.Sampler}, Guidance: {record.Guidance}, "
                + $"Size: {record.Width}x{record.Height}, Model: {record.Model.Name} ({record.Model.Hash[..12]})"),
            record.Databases is [] ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"Neighbors: {record.Neighbors.Count} of {record.K} "
                + $"from {string.Join(", ", record.Databases.Select(database => database.Name))}"),
        ];
        return string.Join('\n', lines.Where(line => line is not null));
    }
}
